using Veridian.Engine.Environments.Planning;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Composing;

/// <summary>Looks at a lender's directories as they lie in the store, to tell what would have to be written over one of them.</summary>
/// <param name="folder">Absolute path of the lender.</param>
/// <param name="statusOf">The status of a planned file where it lies in the store; null for one that activation makes.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-25. A file is the same if it is the same file: both are links to one content of the store.</remarks>
internal sealed class LentTree(string folder, Func<PlannedFile, EntryStatus?> statusOf)
{
    private readonly Dictionary<string, IReadOnlyList<PlannedFile>?> _known = new(StringComparer.Ordinal);

    /// <inheritdoc cref="LentDifference"/>
    public IReadOnlyList<PlannedFile>? Difference(string path, PlannedDirectory directory) =>
        _known.TryGetValue(path, out var other) ? other : _known[path] = Look(path, directory);

    private List<PlannedFile>? Look(string path, PlannedDirectory directory)
    {
        using var handle = DirectoryHandle.TryOpen($"{folder}/{path}");
        if (handle is null)
        {
            return null;
        }

        var entries = Entries.List(handle);
        if (!entries.TrueForAll(entry => entry.Type == EntryType.Directory ? directory.Directories.ContainsKey(entry.Name) : directory.Files.ContainsKey(entry.Name)))
        {
            return null;
        }

        var lent = entries.Where(entry => entry.Type != EntryType.Directory).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return [.. directory.Files.Where(file => !lent.Contains(file.Key) || statusOf(file.Value) is not { } own || Entries.Status(handle, file.Key) is not { } there || own.Inode != there.Inode)
            .Select(file => file.Value)];
    }
}
