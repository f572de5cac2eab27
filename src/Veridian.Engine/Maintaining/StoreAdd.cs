using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
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
        Walk(new DirectoryInfo(full), "", writer, cancellationToken);
        var staged = writer.Complete(ControlData.Empty, Origin.Unknown);
        transaction.Publish(cancellationToken);
        return store.FolderOf(staged.Path);
    }

    private static void Walk(DirectoryInfo folder, string prefix, ITreeSink sink, CancellationToken cancellationToken)
    {
        var entries = folder.GetFileSystemInfos();
        Array.Sort(entries, (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!RelativePath.TryParse(prefix + entry.Name, out var path))
            {
                throw new InvalidInputException(ErrorCodes.Usage, $"'{entry.FullName}' has a name that no tree can hold.", "Rename it.");
            }

            switch (entry)
            {
                case { LinkTarget: { } target }:
                    sink.SymbolicLink(path, target);
                    break;
                case DirectoryInfo below:
                    sink.Directory(path);
                    Walk(below, path.Text + "/", sink, cancellationToken);
                    break;
                case FileInfo file:
                    using (var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0))
                    {
                        sink.File(path, (file.UnixFileMode & UnixFileMode.UserExecute) != 0, content.Length, content);
                    }

                    break;
            }
        }
    }
}
