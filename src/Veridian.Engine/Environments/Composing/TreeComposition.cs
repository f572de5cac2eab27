using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Composing;

/// <summary>
/// A tree put together from two environments by mounts: what a new one shares with an older one is not linked again but
/// borrowed, directory by directory, and only what differs is written, in its own place or over the older one's.
/// </summary>
/// <remarks>Source: <c>spec/environments.md</c> E-24 to E-27, E-69.</remarks>
public sealed class TreeComposition
{
    /// <summary>Below so many entries a tree is always written whole.</summary>
    public const int MinEntries = 10_000;

    /// <summary>At most so many mounts beside the five of every environment.</summary>
    public const int MaxMounts = 16;

    // A mount costs every start of every program about a tenth of a millisecond; an entry costs the build some 20 microseconds, once.
    private const long MountCost = 500;
    // What is layered is looked for in two places: the more there is, the more often.
    private const long LayeredShare = 8;
    private const long Impossible = 1L << 50;
    private const string KeptAlone = "var";

    private readonly PlannedDirectory _root;
    private readonly TreeDigests _own;
    private readonly TreeDigests _lent;
    private readonly LentDifference? _difference;
    private readonly long _mountCost;
    private readonly Dictionary<PlannedDirectory, Costs> _costs = [];
    private readonly List<TreePart> _parts = [];
    private readonly List<PlannedFile> _files = [];
    private readonly List<string> _directories = [];

    private TreeComposition(PlannedDirectory root, TreeDigests own, TreeDigests lent, LentDifference? difference, long mountCost) =>
        (_root, _own, _lent, _difference, _mountCost) = (root, own, lent, difference, mountCost);

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
    /// <param name="difference">Looks at what the lender has; null where nothing can be laid over anything.</param>
    public static TreeComposition? Choose(PlannedDirectory root, TreeDigests own, TreeDigests lent, LentDifference? difference = null)
    {
        var total = root.CountEntries();
        for (var mountCost = MountCost; total >= MinEntries && mountCost < total; mountCost *= 2)
        {
            var composition = new TreeComposition(root, own, lent, difference, mountCost);
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
        foreach (var (name, directory) in Sorted(_root))
        {
            var costs = Cost(name, directory);
            var kind = Cheapest(costs.Written, costs.Borrowed, costs.Layered + LayerCost(costs));
            _parts.Add(new TreePart(name, kind));
            Descend(name, directory, kind);
        }
    }

    private void Descend(string path, PlannedDirectory directory, PartKind kind)
    {
        if (kind != PartKind.Own && IsSame(path))
        {
            return;
        }

        if (kind != PartKind.Borrowed)
        {
            _directories.Add(path);
            _files.AddRange(kind == PartKind.Own ? directory.Files.Values : Cost(path, directory).Other!);
        }

        foreach (var (name, child) in Sorted(directory))
        {
            var at = $"{path}/{name}";
            var (inner, _) = Inside(kind, at, Cost(at, child));
            if (!GoesWithoutMount(kind, inner, at))
            {
                _parts.Add(new TreePart(at, inner));
                if (kind == PartKind.Own)
                {
                    _directories.Add(at); // the place of the mount
                }
            }

            Descend(at, child, inner);
        }
    }

    /// <summary>What a directory costs by what it is part of: entries to write, and mounts counted as so many entries.</summary>
    private Costs Cost(string path, PlannedDirectory directory)
    {
        if (_costs.TryGetValue(directory, out var known))
        {
            return known;
        }

        if (IsSame(path))
        {
            // One mount for all of it is never worse than several in it.
            var all = directory.CountEntries();
            return _costs[directory] = new Costs(all, 0, 0, all, []);
        }

        var other = MayBeLayered(path) ? _difference?.Invoke(path, directory) : null;
        long written = directory.Files.Count, entries = directory.Files.Count;
        var borrowed = SameListing(path) ? 0 : Impossible;
        var layered = other?.Count ?? Impossible;
        foreach (var (name, child) in directory.Directories)
        {
            var at = $"{path}/{name}";
            var costs = Cost(at, child);
            entries += 1 + costs.Entries;
            written += 1 + Inside(PartKind.Own, at, costs).Cost;
            borrowed = Math.Min(Impossible, borrowed + Inside(PartKind.Borrowed, at, costs).Cost);
            layered = Math.Min(Impossible, layered + Inside(PartKind.Layered, at, costs).Cost);
        }

        return _costs[directory] = new Costs(written, borrowed, layered, entries, other);
    }

    /// <summary>What a directory inside another one had best be.</summary>
    private (PartKind Kind, long Cost) Inside(PartKind outer, string path, Costs costs)
    {
        var (written, borrowed, layered) = (costs.Written, costs.Borrowed, costs.Layered + LayerCost(costs));
        if (outer == PartKind.Layered)
        {
            // What the lender has is seen through; anything else can only be written.
            (written, borrowed, layered) = IsLent(path) ? (written, Impossible, costs.Layered == 0 ? 0 : 1 + costs.Layered) : (1 + written, Impossible, Impossible);
        }

        written += GoesWithoutMount(outer, PartKind.Own, path) ? 0 : MountAt(path);
        borrowed += GoesWithoutMount(outer, PartKind.Borrowed, path) ? 0 : MountAt(path);
        layered += GoesWithoutMount(outer, PartKind.Layered, path) ? 0 : MountAt(path);
        var kind = Cheapest(written, borrowed, layered);
        return (kind, Math.Min(Impossible, kind switch { PartKind.Own => written, PartKind.Borrowed => borrowed, _ => layered }));
    }

    private bool GoesWithoutMount(PartKind outer, PartKind inner, string path) => inner == outer || (outer == PartKind.Layered && !IsLent(path));

    private static PartKind Cheapest(long written, long borrowed, long layered) =>
        written <= borrowed && written <= layered ? PartKind.Own : borrowed <= layered ? PartKind.Borrowed : PartKind.Layered;

    private static long LayerCost(Costs costs) => costs.Entries / LayeredShare;

    /// <summary>The record of parts is a text of lines and tabs: a path that holds them is never a part of its own.</summary>
    private long MountAt(string path) => path.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 ? _mountCost : Impossible;

    private bool MayBeLayered(string path) =>
        IsLent(path) && LayerOptions.CanName(path) && path != KeptAlone && !path.StartsWith(KeptAlone + "/", StringComparison.Ordinal);

    private bool IsLent(string path) => _lent.Directories.ContainsKey(path);

    private bool IsSame(string path) =>
        _lent.Directories.TryGetValue(path, out var lent) && _own.Directories.TryGetValue(path, out var own) && lent.Whole == own.Whole;

    private bool SameListing(string path) =>
        _lent.Directories.TryGetValue(path, out var lent) && _own.Directories.TryGetValue(path, out var own) && lent.Listing == own.Listing;

    private static IOrderedEnumerable<KeyValuePair<string, PlannedDirectory>> Sorted(PlannedDirectory directory) =>
        directory.Directories.OrderBy(child => child.Key, StringComparer.Ordinal);

    /// <summary>A directory in its own tree, in the lender's, or in both; the entries below it; and what of its files the lender's lacks.</summary>
    private sealed record Costs(long Written, long Borrowed, long Layered, long Entries, IReadOnlyList<PlannedFile>? Other);
}
