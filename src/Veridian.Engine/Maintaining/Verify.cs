using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Formats.Lockfile;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Verifying;

namespace Veridian.Engine.Maintaining;

/// <summary>Compares what is on disk with the digests that were recorded when it was made (SEC-16).</summary>
public static class Verify
{
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

    /// <summary>Looks at every package that the lock file names for this machine, applied or not.</summary>
    /// <param name="workspace">Which profile.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.LockMissing"/>.</exception>
    public static VerifyOutcome RunLock(Workspace workspace, CancellationToken cancellationToken)
    {
        var locked = LockOnDisk.TryRead(workspace.Profile)?.Find(workspace.Profile.Environment, HostPlatform.Name)
            ?? throw new InvalidInputException(ErrorCodes.LockMissing,
                $"'{workspace.Profile.LockPath}' has nothing for {HostPlatform.Name}, environment '{workspace.Profile.Environment}'.", "Run 'vpkg lock' to make it.");
        using var store = StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        var there = locked.Packages.Where(package => package.Store is { } path && store.Exists(path)).ToList();
        var differing = there.Where(package => Differs(store, package));
        var findings = new StoreVerifier(store).Verify([.. there.Select(package => package.Store!)], [], cancellationToken);
        return new VerifyOutcome(there.Count,
        [
            .. locked.Packages.Except(there).Select(package => new VerifyFinding("missing", $"{package.Name} {package.Version}", "", "is not in the store")),
            .. differing.Select(package => new VerifyFinding("changed", package.Store!.Text, "", $"has another tree than the lock's {package.Tree}")),
            .. findings.Select(VerifyFinding.Of),
        ]);
    }

    // A manifest that cannot be read is the verifier's to report.
    private static bool Differs(StoreFolder store, LockedPackage package)
    {
        try
        {
            return package.Tree is { } tree && store.ReadManifestHead(package.Store!).Identity.Tree != tree;
        }
        catch (StoreDamagedException)
        {
            return false;
        }
    }
}
