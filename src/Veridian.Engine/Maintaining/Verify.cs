using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Verifying;

namespace Veridian.Engine.Maintaining;

/// <summary>Compares what is on disk with the digests that were recorded when it was made (SEC-16).</summary>
public static class Verify
{
    /// <summary>Has what follows compiled on another core; returns at once. For a caller that still has to read its command line.</summary>
    public static void CompileEarly() => VerifyCompilation.Begin();

    /// <summary>Looks at one package, at everything the current generation needs, or at the whole store.</summary>
    /// <param name="workspace">Which profile.</param>
    /// <param name="name">One package of the environment; null for all.</param>
    /// <param name="wholeStore">Everything in the store instead.</param>
    /// <param name="cancellationToken">Stops.</param>
    public static VerifyOutcome Run(Workspace workspace, string? name, bool wholeStore, CancellationToken cancellationToken)
    {
        using var store = StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        var verifier = new StoreVerifier(store);
        if (wholeStore)
        {
            return new VerifyOutcome(store.ListObjects().Count, [.. verifier.VerifyAll(cancellationToken).Select(VerifyFinding.Of)]);
        }

        var current = CurrentGeneration.TryRead(workspace) ?? throw new InvalidInputException(ErrorCodes.NoSuchGeneration,
            $"Nothing has been applied for '{workspace.Profile.ProfilePath}' yet.", "Run 'vpkg apply' first, or 'vpkg verify --store'.");
        if (name is not null)
        {
            var package = current.Lock.Find(workspace.Profile.Environment, HostPlatform.Name)?.Packages.FirstOrDefault(package => package.Name == name);
            return package?.Store is { } path
                ? new VerifyOutcome(1, [.. verifier.VerifyObject(path, cancellationToken).Select(VerifyFinding.Of)])
                : throw new InvalidInputException(ErrorCodes.NotInProfile, $"'{name}' is not in the environment.", "Run 'vpkg list --all' to see what is.");
        }

        var findings = verifier.Verify(current.Record.Closure, [current.Record.Environment, .. current.Record.Lenders], cancellationToken);
        return new VerifyOutcome(current.Record.Closure.Count, [.. findings.Select(VerifyFinding.Of)]);
    }
}
