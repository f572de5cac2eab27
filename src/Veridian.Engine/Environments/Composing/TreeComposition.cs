using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Composing;

/// <summary>
/// A tree put together from two environments by mounts: what a new one shares with an older one is not linked again but
/// borrowed, directory by directory, and only what differs is written.
/// </summary>
/// <remarks>Source: <c>spec/environments.md</c> E-24 to E-27.</remarks>
public sealed class TreeComposition
{
    /// <summary>Below so many entries a tree is always written whole.</summary>
    public const int MinEntries = 10_000;

    /// <summary>At most so many mounts beside the five of every environment.</summary>
    public const int MaxMounts = 16;

    // A mount costs every start of every program about a tenth of a millisecond; an entry costs the build some 20 microseconds, once.
    private const long MountCost = 500;
    private const long Impossible = 1L << 50;

    private readonly PlannedDirectory _root;
    private readonly TreeDigests _own;
    private readonly TreeDigests _lent;
    private readonly long _mountCost;
    private readonly Dictionary<PlannedDirectory, (long Written, long Borrowed)> _costs = [];
    private readonly List<TreePart> _parts = [];
    private readonly List<PlannedFile> _files = [];
    private readonly List<string> _directories = [];

    private TreeComposition(PlannedDirectory root, TreeDigests own, TreeDigests lent, long mountCost) =>
        (_root, _own, _lent, _mountCost) = (root, own, lent, mountCost);

    /// <summary>What to mount, in order: a later part lies inside an earlier one or beside it.</summary>
    public IReadOnlyList<TreePart> Parts => _parts;

    /// <summary>The files to write.</summary>
    public IReadOnlyList<PlannedFile> Files => _files;

    /// <summary>The directories to make although nothing is written into them.</summary>
    public IReadOnlyList<string> Directories => _directories;

    /// <summary>Composes a tree, or says by null that writing it whole is the better way.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="own">Its digests.</param>
    /// <param name="lent">The digests of an environment that is written whole.</param>
    public static TreeComposition? Choose(PlannedDirectory root, TreeDigests own, TreeDigests lent)
    {
        var total = root.CountEntries();
        for (var mountCost = MountCost; total >= MinEntries && mountCost < total; mountCost *= 2)
        {
            var composition = new TreeComposition(root, own, lent, mountCost);
            composition.Compose();
            if (composition._parts.Count <= root.Directories.Count + MaxMounts)
            {
                return composition._files.Count + composition._directories.Count <= total / 2 ? composition : null;
            }
        }

        return null;
    }

    private void Compose()
    {
        _files.AddRange(_root.Files.Values);
        foreach (var (name, directory) in _root.Directories.OrderBy(directory => directory.Key, StringComparer.Ordinal))
        {
            var (written, borrowed) = Cost(name, directory);
            _parts.Add(new TreePart(name, borrowed < written));
            Descend(name, directory, borrowed < written);
        }
    }

    private void Descend(string path, PlannedDirectory directory, bool borrowed)
    {
        if (!borrowed)
        {
            _directories.Add(path);
            _files.AddRange(directory.Files.Values);
        }
        else if (IsSame(path))
        {
            return;
        }

        foreach (var (name, child) in directory.Directories.OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            var at = $"{path}/{name}";
            var (written, lent) = Cost(at, child);
            var mount = MountAt(at);
            var other = borrowed ? mount + written < lent : mount + lent < written;
            if (other && !borrowed)
            {
                _directories.Add(at);
            }

            if (other)
            {
                _parts.Add(new TreePart(at, !borrowed));
            }

            Descend(at, child, borrowed ^ other);
        }
    }

    private (long Written, long Borrowed) Cost(string path, PlannedDirectory directory)
    {
        if (_costs.TryGetValue(directory, out var cost))
        {
            return cost;
        }

        var written = (long)directory.Files.Count;
        var borrowed = IsSame(path) ? 0 : SameListing(path) ? 0 : Impossible;
        foreach (var (name, child) in directory.Directories)
        {
            var at = $"{path}/{name}";
            var (childWritten, childBorrowed) = Cost(at, child);
            written += 1 + Math.Min(childWritten, MountAt(at) + childBorrowed);
            borrowed = Math.Min(Impossible, borrowed + Math.Min(MountAt(at) + childWritten, childBorrowed));
        }

        return _costs[directory] = (written, IsSame(path) ? 0 : borrowed);
    }

    /// <summary>The record of parts is a text of lines and tabs: a path that holds them is never a part of its own.</summary>
    private long MountAt(string path) => path.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 ? _mountCost : Impossible;

    private bool IsSame(string path) =>
        _lent.Directories.TryGetValue(path, out var lent) && _own.Directories.TryGetValue(path, out var own) && lent.Whole == own.Whole;

    private bool SameListing(string path) =>
        _lent.Directories.TryGetValue(path, out var lent) && _own.Directories.TryGetValue(path, out var own) && lent.Listing == own.Listing;
}

/// <summary>One mount of a composed tree.</summary>
/// <param name="Path">Where, from the root.</param>
/// <param name="IsBorrowed">Whether it lies in the lender's tree, else in the environment's own.</param>
public readonly record struct TreePart(string Path, bool IsBorrowed);
