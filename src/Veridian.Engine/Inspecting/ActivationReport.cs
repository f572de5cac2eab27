using System.Text;
using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Activation.Scripts;

namespace Veridian.Engine.Inspecting;

/// <summary>What was done to make the current environment ready to run.</summary>
/// <param name="Layer">Digest of all that scripts have done; empty where none ran.</param>
/// <param name="Packages">All packages with something to tell, by name.</param>
public sealed record EnvironmentActivation(string Layer, IReadOnlyList<PackageActivation> Packages);

/// <summary>What was done, and what was not, to make one package ready to run.</summary>
/// <param name="Package">Its name.</param>
/// <param name="Applied">What was done natively, one word each.</param>
/// <param name="Ran">Its own scripts that ran in the sandbox.</param>
/// <param name="Skipped">Its own scripts that were not run, each with the first thing it would have done.</param>
public sealed record PackageActivation(string Package, IReadOnlyList<string> Applied, IReadOnlyList<ScriptRun> Ran, IReadOnlyList<string> Skipped);

/// <summary>A script that ran.</summary>
/// <param name="Script"><c>preinst</c>, <c>postinst</c>, <c>triggered</c>, or the name of an index.</param>
/// <param name="Digest">Of its bytes.</param>
/// <param name="ExitCode">Always 0: a script that ends with anything else makes no environment.</param>
/// <param name="Log">What it wrote; null where the cache does not have it any more.</param>
public sealed record ScriptRun(string Script, string Digest, int ExitCode, string? Log);

/// <summary>Reads the activation record that an environment keeps, and the logs that the cache does.</summary>
public static class ActivationReport
{
    private const int MaxBytes = 16 << 20;
    private const int MaxDigest = 1024;

    /// <summary>What the current environment's record says.</summary>
    /// <exception cref="InvalidInputException">Nothing has been applied yet.</exception>
    public static EnvironmentActivation Read(Workspace workspace)
    {
        var current = CurrentGeneration.TryRead(workspace) ?? throw new InvalidInputException(ErrorCodes.NoSuchGeneration,
            $"Nothing has been applied for '{workspace.Profile.ProfilePath}' yet.", "Run 'vpkg apply' first.");
        var folder = Path.Combine(workspace.Locations.Store, "environments", current.Record.Environment.ToString());
        var records = ActivationRecordText.Read(Text(Path.Combine(folder, "activation", "record"), MaxBytes));
        var logs = new OutcomeCache(Path.Combine(workspace.Locations.Cache, ScriptSettings.CacheName));
        return new EnvironmentActivation(
            Text(Path.Combine(folder, ActivationLayer.FileName), MaxDigest).Trim(),
            [.. records.Select(record => new PackageActivation(
                record.Package, record.Applied, [.. record.Ran.Select(script => Run(script, logs))], [.. record.Skipped.Select(script => $"{script.Name}: {script.FirstEffect}")]))]);
    }

    private static ScriptRun Run(RanScript script, OutcomeCache logs) => new(
        script.Name, script.Digest.ToString(), 0, logs.Find(script.Job)?.Ran.FirstOrDefault(ran => ran.Package == script.Package && ran.Name == script.Name)?.Log);

    private static string Text(string path, int limit) => Encoding.UTF8.GetString(BoundedFile.TryRead(path, limit) ?? []);
}
