using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Engine.Profiles;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;

namespace Veridian.Engine.Maintaining;

/// <summary>Adds a folder of this machine to the store as one object.</summary>
public static class StoreAdd
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);

    /// <summary>Copies the folder while hashing it, durably; returns the object's full path.</summary>
    /// <param name="workspace">For folders and the clock.</param>
    /// <param name="folder">What to add: files, folders and symbolic links.</param>
    /// <param name="name">The object's name; null for the folder's.</param>
    /// <param name="version">The object's version.</param>
    /// <param name="cancellationToken">Stops; nothing is added then.</param>
    /// <exception cref="InvalidInputException">There is no such folder, or the name is no package name.</exception>
    public static string Run(Workspace workspace, string folder, string? name, string version, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(folder).TrimEnd('/');
        if (!Directory.Exists(full))
        {
            throw new InvalidInputException(ErrorCodes.Usage, $"'{folder}' is no folder.", "Name an existing folder.");
        }

        name ??= Path.GetFileName(full).ToLowerInvariant();
        if (!PackageName.IsValid(name))
        {
            throw new InvalidInputException(ErrorCodes.Usage, $"'{name}' cannot be the name of an object.", "Give one with '--name'.");
        }

        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        using var transaction = store.Begin(Wait, cancellationToken);
        using var writer = transaction.Stage(name, version, HostPlatform.Architecture);
        FolderTree.Walk(full, writer, cancellationToken);
        var staged = writer.Complete(ControlData.Empty, Origin.Unknown);
        transaction.Publish(cancellationToken);
        return store.FolderOf(staged.Path);
    }
}
