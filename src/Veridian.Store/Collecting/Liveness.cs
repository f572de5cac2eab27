using System.Globalization;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Transactions;

namespace Veridian.Store.Collecting;

/// <summary>Why a thing in the store stays.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-20 to ST-24.</remarks>
public static class Liveness
{
    /// <summary>One sentence per reason; none where nothing names the object.</summary>
    /// <exception cref="Core.Errors.StoreDamagedException">A root or an environment's manifest cannot be read.</exception>
    public static IReadOnlyList<string> ReasonsFor(StoreFolder store, StorePath path)
    {
        var environments = store.ListEnvironments().Where(id => store.ReadEnvironmentManifestHead(id).Objects.Contains(path)).Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
        var reasons = store.Roots.List()
            .Where(root => root.Objects.Contains(path) || root.Environments.Any(id => environments.Contains(id.ToString())))
            .Select(root => string.Create(CultureInfo.InvariantCulture,
                $"{root.Kind} {(root.Generation.Length > 0 ? Path.GetFileName(root.Generation) : root.Id)}{(root.Project.Length > 0 ? " of " + root.Project : "")}, last used {root.Used.UtcDateTime:yyyy-MM-dd HH:mm} UTC"))
            .ToList();
        if (RunningEnvironments.In(MountInfo.OfAllProcesses()).Overlaps(environments))
        {
            reasons.Add("a process runs in an environment made of it");
        }

        if (StagingSweep.KeptNames(store).Overlaps(environments.Append(path.Text)))
        {
            reasons.Add("a command that is at work keeps it");
        }

        return reasons;
    }
}
