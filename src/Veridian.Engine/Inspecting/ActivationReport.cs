using System.Text;
using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.Environments.Activation;

namespace Veridian.Engine.Inspecting;

/// <summary>What was done, and what was not, to make one package ready to run in the current environment.</summary>
/// <param name="Package">Its name.</param>
/// <param name="Applied">What was done natively, one word each.</param>
/// <param name="Skipped">Its own scripts that were not run, each with the first thing it would have done.</param>
public sealed record PackageActivation(string Package, IReadOnlyList<string> Applied, IReadOnlyList<string> Skipped);

/// <summary>Reads the activation record that an environment keeps.</summary>
public static class ActivationReport
{
    private const int MaxBytes = 16 << 20;

    /// <summary>All packages with something to tell, by name.</summary>
    /// <exception cref="InvalidInputException">Nothing has been applied yet.</exception>
    public static IReadOnlyList<PackageActivation> Read(Workspace workspace)
    {
        var current = CurrentGeneration.TryRead(workspace) ?? throw new InvalidInputException(ErrorCodes.NoSuchGeneration,
            $"Nothing has been applied for '{workspace.Profile.ProfilePath}' yet.", "Run 'vpkg apply' first.");
        var path = Path.Combine(workspace.Locations.Store, "environments", current.Record.Environment.ToString(), "activation", "record");
        var records = ActivationRecordText.Read(Encoding.UTF8.GetString(BoundedFile.TryRead(path, MaxBytes) ?? []));
        return [.. records.Select(record => new PackageActivation(
            record.Package, record.Applied, [.. record.Skipped.Select(script => $"{script.Name}: {script.FirstEffect}")]))];
    }
}
