using System.Text;
using Veridian.Core.Paths;
using Veridian.Core.Trees;

namespace Veridian.Debian.Archive;

/// <summary>Judges the entries of a data archive one after another and hands the good ones to a sink.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-7 to DB-9.</remarks>
internal sealed class DataTree(ITreeSink sink, DebLimits limits)
{
    private const int MaxTargetBytes = 4095;
    private const int MaxNotes = 10_000;

    // Deep paths are cheap to write and dear to remember: characters of all paths and of their implied parents.
    private const long MaxPathText = 64 << 20;

    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _neutralised = [];
    private long _pathText;

    internal IReadOnlyList<string> Neutralised => _neutralised;

    internal long FileBytes { get; private set; }

    internal int Entries { get; private set; }

    internal void Add(TarEntry entry)
    {
        if (++Entries > limits.MaxEntries)
        {
            throw ArchiveRefusal.Of($"The package has more than {limits.MaxEntries} entries.");
        }

        if (entry.Name is "." or "./")
        {
            Require(entry.Kind == TarEntryKind.Directory, entry, "is the root and no directory");
            return;
        }

        var raw = Inside(entry.Name, entry);
        if (!IsMergedAway(raw, entry))
        {
            Place(RelativePath.Of(UsrMerge.Map(raw)), entry);
        }
    }

    private static bool IsMergedAway(string raw, TarEntry entry)
    {
        if (entry.Kind == TarEntryKind.Directory || UsrMerge.Map(raw) != "usr/" + raw || raw.Contains('/', StringComparison.Ordinal))
        {
            return false;
        }

        Require(entry.Kind == TarEntryKind.SymbolicLink && UsrMerge.IsAliasLink(raw, entry.LinkTarget), entry, "stands where the merged /usr has a link");
        return true;
    }

    private void Place(RelativePath path, TarEntry entry)
    {
        Remember(path, entry);
        CheckParents(path, entry);
        var isNew = !_seen.TryGetValue(path.Text, out var before);
        switch (entry.Kind)
        {
            case TarEntryKind.Directory:
                Require(isNew || before.Kind == TarEntryKind.Directory, entry, "is a directory where something else came before");
                _seen[path.Text] = new Seen(TarEntryKind.Directory, null);
                sink.Directory(path);
                break;
            case TarEntryKind.File:
                Require(isNew, entry, "is there twice");
                PlaceFile(path, entry);
                break;
            case TarEntryKind.HardLink:
                Require(isNew, entry, "is there twice");
                PlaceHardLink(path, entry);
                break;
            case TarEntryKind.SymbolicLink:
                PlaceSymbolicLink(path, entry, isNew ? null : before);
                break;
            default:
                throw ArchiveRefusal.Of($"The entry {ArchiveRefusal.Quote(entry.Name)} is a device or a FIFO; packages must not bring any.");
        }

        Neutralise(path, entry);
    }

    private void PlaceFile(RelativePath path, TarEntry entry)
    {
        FileBytes += entry.Length;
        Require(entry.Length <= limits.MaxFileBytes, entry, $"is larger than {limits.MaxFileBytes} bytes");
        Require(FileBytes <= limits.MaxTotalBytes, entry, $"brings the package above {limits.MaxTotalBytes} bytes");
        _seen.Add(path.Text, new Seen(TarEntryKind.File, null));
        sink.File(path, (entry.Mode & 0x40) != 0, entry.Length, entry.Content); // 0100: the owner may execute it
    }

    private void PlaceHardLink(RelativePath path, TarEntry entry)
    {
        var target = RelativePath.Of(UsrMerge.Map(Inside(entry.LinkTarget, entry)));
        Require(_seen.TryGetValue(target.Text, out var seen) && seen.Kind == TarEntryKind.File, entry, "is a hard link to no earlier file of the package");
        _seen.Add(path.Text, new Seen(TarEntryKind.File, null));
        sink.HardLink(path, target);
    }

    // The same link in bin and in usr/bin is one link after the merge.
    private void PlaceSymbolicLink(RelativePath path, TarEntry entry, Seen? before)
    {
        var target = entry.LinkTarget;
        Require(target.Length > 0 && Encoding.UTF8.GetByteCount(target) <= MaxTargetBytes, entry, "is a symbolic link with an empty or overlong target");
        if (before is { } earlier)
        {
            Require(earlier.Target == target && earlier.Raw != entry.Name, entry, "is there twice");
            return;
        }

        _seen.Add(path.Text, new Seen(TarEntryKind.SymbolicLink, target, entry.Name));
        sink.SymbolicLink(path, target);
    }

    // Nothing is ever written through a link that the package itself brought.
    private void CheckParents(RelativePath path, TarEntry entry)
    {
        for (var parent = path.Parent; parent is not null; parent = parent.Parent)
        {
            if (_seen.TryGetValue(parent.Text, out var seen))
            {
                Require(seen.Kind == TarEntryKind.Directory, entry, $"lies below '{parent}', which is no directory");
                return; // whose own parents were checked when it came
            }

            Remember(parent, entry);
            _seen.Add(parent.Text, new Seen(TarEntryKind.Directory, null));
        }
    }

    private void Remember(RelativePath path, TarEntry entry)
    {
        _pathText += path.Text.Length;
        Require(_pathText <= MaxPathText, entry, "brings more text in paths than is allowed");
    }

    private void Neutralise(RelativePath path, TarEntry entry)
    {
        foreach (var attribute in entry.IgnoredAttributes)
        {
            Note($"{path}: extended attribute {ArchiveRefusal.Quote(attribute)} is not kept");
        }

        if (entry.Kind is TarEntryKind.File or TarEntryKind.Directory && (entry.Mode & 0xE00) != 0)
        {
            string[] names = [(entry.Mode & 0x800) != 0 ? "setuid" : "", (entry.Mode & 0x400) != 0 ? "setgid" : "", (entry.Mode & 0x200) != 0 ? "sticky" : ""];
            Note($"{path}: {string.Join(", ", names.Where(n => n.Length > 0))} bit is not kept");
        }
    }

    private void Note(string text)
    {
        if (_neutralised.Count < MaxNotes)
        {
            _neutralised.Add(text);
        }
    }

    private static string Inside(string name, TarEntry entry)
    {
        var text = name.StartsWith("./", StringComparison.Ordinal) ? name.AsSpan(2) : name;
        if (entry.Kind == TarEntryKind.Directory && text.EndsWith("/"))
        {
            text = text[..^1];
        }

        // The merge adds four characters; what is valid with them is valid without.
        Require(RelativePath.TryParse(text, out _) && RelativePath.TryParse($"usr/{text}", out _), entry, "leads outside, or is no plain relative path");
        return text.ToString();
    }

    private static void Require(bool condition, TarEntry entry, string otherwise)
    {
        if (!condition)
        {
            throw ArchiveRefusal.Of($"The entry {ArchiveRefusal.Quote(entry.Name)} {otherwise}.");
        }
    }

    private readonly record struct Seen(TarEntryKind Kind, string? Target, string? Raw = null);
}
