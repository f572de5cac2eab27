using Veridian.Engine.Environments.Planning;
using Veridian.Posix;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Building;

/// <summary>Writes a planned tree: directories made, <c>etc</c> copied, everything else hard-linked out of the store.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-9.</remarks>
internal sealed class TreeWriter(DirectoryHandle objects, IReadOnlyList<EnvironmentPackage> packages)
{
    private readonly string[] _objects = [.. packages.Select(package => package.Object.Text)];

    /// <summary>Writes what is in a planned directory into one that is there.</summary>
    /// <param name="directory">The plan.</param>
    /// <param name="folder">Where.</param>
    /// <param name="copy">Whether files are copied: true below <c>etc</c>.</param>
    /// <param name="cancellationToken">Looked at once per directory.</param>
    public void Write(PlannedDirectory directory, DirectoryHandle folder, bool copy, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (name, file) in directory.Files)
        {
            Write(file, folder, name, copy);
        }

        foreach (var (name, child) in directory.Directories)
        {
            Durable.MakeDirectory(folder, name);
            using var handle = folder.OpenFolder(name);
            Write(child, handle, copy, cancellationToken);
        }
    }

    /// <summary>Writes one file or link.</summary>
    public void Write(PlannedFile file, DirectoryHandle folder, string name, bool copy)
    {
        if (file.Owner == PlannedDirectory.Activation || (copy && file.Entry.Kind == TreeEntryKind.SymbolicLink))
        {
            Durable.SymbolicLink(folder, name, file.Entry.Target);
            Durable.SetFixedTime(folder, name);
            return;
        }

        var source = $"{_objects[file.Owner]}/{file.Entry.Path}";
        if (copy)
        {
            FileCopy.Copy(objects, source, folder, name, file.Entry.Kind == TreeEntryKind.ExecutableFile);
        }
        else
        {
            FileCopy.LinkOrCopy(objects, source, folder, name);
        }
    }
}
