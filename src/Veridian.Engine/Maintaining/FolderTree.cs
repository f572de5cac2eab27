using Veridian.Core.Errors;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Posix;

namespace Veridian.Engine.Maintaining;

/// <summary>Reads a folder of this machine as a tree of files, executable files, folders and symbolic links.</summary>
/// <remarks>Source: <c>store-format/tree/README.md</c> T-1. No link is followed; names come in byte order.</remarks>
public static class FolderTree
{
    /// <summary>Hands everything below a folder to a sink, folders before what is in them.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="sink">Gets the tree.</param>
    /// <param name="cancellationToken">Looked at between two entries.</param>
    /// <exception cref="InvalidInputException">A name is no UTF-8 or too long for a tree, or something is a device, pipe or socket.</exception>
    public static void Walk(string folder, ITreeSink sink, CancellationToken cancellationToken)
    {
        using var root = DirectoryHandle.Open(folder);
        Walk(root, "", sink, cancellationToken);
    }

    private static void Walk(DirectoryHandle folder, string prefix, ITreeSink sink, CancellationToken cancellationToken)
    {
        foreach (var (name, type) in Entries.List(folder).OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var full = folder.PathOf(name);
            if (!RelativePath.TryParse(prefix + name, out var path))
            {
                throw new InvalidInputException(ErrorCodes.Usage, $"'{full}' has a name that no tree can hold.", "Rename it.");
            }

            switch (type)
            {
                case EntryType.SymbolicLink:
                    sink.SymbolicLink(path, Entries.ReadLink(folder, name) ?? "");
                    break;
                case EntryType.Directory:
                    sink.Directory(path);
                    using (var below = folder.OpenFolder(name))
                    {
                        Walk(below, path.Text + "/", sink, cancellationToken);
                    }

                    break;
                case EntryType.File:
                    AddFile(full, path, sink);
                    break;
                default:
                    throw new InvalidInputException(ErrorCodes.Usage, $"'{full}' is a device, pipe or socket, which no tree can hold.", "Delete it, or name another folder.");
            }
        }
    }

    private static void AddFile(string full, RelativePath path, ITreeSink sink)
    {
        using var content = new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var executable = (File.GetUnixFileMode(content.SafeFileHandle) & UnixFileMode.UserExecute) != 0;
        sink.File(path, executable, content.Length, content);
    }
}
