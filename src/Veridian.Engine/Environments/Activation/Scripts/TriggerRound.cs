using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Which packages wait for which triggers, and which of these have been set off.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-11. dpkg's rule for one big installation: each package is called once with all its triggers, at the end.</remarks>
internal sealed class TriggerRound(EnvironmentPlan plan, IReadOnlyList<PackageControl> packages)
{
    private readonly TriggerLines[] _lines = [.. packages.Select(Read)];
    private readonly ILookup<string, int> _activators = packages
        .SelectMany((package, index) => Read(package).Activations.Select(name => (name, index))).ToLookup(pair => pair.name, pair => pair.index, StringComparer.Ordinal);

    /// <summary>The calls that triggers lead to: a package's number, the names it is called with, and the packages that set these off.</summary>
    /// <param name="first">Whether this is the round after configuration, in which packages set off triggers by being there.</param>
    /// <param name="activated">Names that scripts have set off, with the packages whose scripts did.</param>
    /// <param name="order">The order of configuration.</param>
    public IEnumerable<(int Package, IReadOnlyList<string> Names, IReadOnlyList<int> By)> Calls(bool first, ILookup<string, int> activated, IReadOnlyList<int> order)
    {
        foreach (var index in order.Where(index => _lines[index].Interests.Count > 0 && MayRun(packages[index].Package.Name) && packages[index].Contents.Script("postinst") is not null))
        {
            var names = new SortedSet<string>(StringComparer.Ordinal);
            var by = new SortedSet<int>();
            foreach (var name in _lines[index].Interests.Where(name => !NativeTriggers.Contains(name)))
            {
                var sources = (first ? Present(name, index) : []).Concat(activated[name]).ToList();
                if (sources.Count > 0)
                {
                    names.Add(name);
                    by.UnionWith(sources);
                }
            }

            if (names.Count > 0)
            {
                yield return (index, [.. names], [.. by]);
            }
        }
    }

    private bool MayRun(string package) =>
        NativePackages.EffectOf(package) is null && plan.PhpModules?.ContainsKey(package) != true && !plan.WithoutScripts.Contains(package);

    /// <summary>The packages that set off a trigger by being there: they name it, or have something at the path that it is.</summary>
    private IEnumerable<int> Present(string name, int waiting) => _activators[name].Concat(name.StartsWith('/') ? OwnersAt(name).Where(owner => owner != waiting) : []);

    private IEnumerable<int> OwnersAt(string trigger)
    {
        if (TreePath.FromAbsolute(trigger.TrimEnd('/')) is not { } path)
        {
            return [];
        }

        IEnumerable<PlannedFile> files = plan.Root.Find(path) is { } directory
            ? directory.AllFiles()
            : plan.Root.Find(TreePath.Parent(path))?.Files.TryGetValue(TreePath.Name(path), out var file) == true ? [file] : [];
        return files.Select(file => file.Owner).Where(owner => owner >= 0).Distinct();
    }

    private static TriggerLines Read(PackageControl package) => package.Contents.Script("triggers") is { } bytes ? TriggerLines.Read(bytes.Span) : TriggerLines.None;
}
