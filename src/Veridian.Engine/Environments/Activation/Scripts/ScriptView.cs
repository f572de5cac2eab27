using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Planning;
using Veridian.Store;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>
/// The trees that scripts see below what they write. The base is linked once; other packages lie on it as they are in the store,
/// or linked where the environment has them at other paths; on top are the outcomes of earlier jobs and dpkg's records.
/// </summary>
/// <remarks>Source: <c>spec/activation.md</c> A-2, A-3, A-13. All of it is the lower part of an overlay: nothing is ever written through it.</remarks>
internal sealed class ScriptView(EnvironmentPlan plan, StoreFolder store, IReadOnlyList<PackageControl> packages, IReadOnlySet<int> basis, Func<string> makeFolder) : IDisposable
{
    private const int MaxLayers = 390;

    private readonly ViewFilePool _pool = new(makeFolder);

    private readonly Lazy<ILookup<int, PlannedFile>> _files = new(() => plan.Root.AllFiles().ToLookup(file => file.Owner));
    private readonly Lock _baseLock = new();
    private string? _base;
    private Sight[]? _sights;
    private readonly Lock _lock = new();

    /// <summary>Makes what is missing and says what lies over what.</summary>
    /// <param name="job">Whose view it is.</param>
    /// <param name="before">The outcomes of the jobs that it sees, in order.</param>
    /// <param name="top">The files on top.</param>
    public IReadOnlyList<string> Layers(ScriptJob job, IReadOnlyList<JobOutcome> before, ViewTop top)
    {
        var others = job.Members.Where(index => !basis.Contains(index)).ToList();
        var exact = others.Where(IsExact).Take(MaxLayers - before.Count).ToHashSet();
        var linked = others.Where(index => !exact.Contains(index)).ToList();
        return
        [
            NewTree().WriteTop(makeFolder(), top, others.Select(index => packages[index])),
            .. before.Reverse().Select(outcome => outcome.Folder),
            .. linked.Count == 0 ? (string[])[] : [NewTree().WritePackages(makeFolder(), linked, _files.Value)],
            .. others.Where(exact.Contains).Select(index => store.FolderOf(packages[index].Package.Object)),
            Base(),
        ];
    }

    /// <summary>Removes what only one job has seen: many can do that at once, and at the end only one core would.</summary>
    /// <param name="layers">As <see cref="Layers"/> gave them.</param>
    public static void RemoveTop(IReadOnlyList<string> layers) => Directory.Delete(layers[0], recursive: true);

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    private ViewTree NewTree() => new(plan, store, _pool);

    private string Base()
    {
        lock (_baseLock)
        {
            return _base ??= NewTree().WriteBase(makeFolder(), basis, packages);
        }
    }

    /// <summary>What a package brings into a view, as one line of what a job's key is made of.</summary>
    public ReadOnlyMemory<byte> KeyLineOf(int package) => Sights()[package].KeyLine;

    private bool IsExact(int package) => Sights()[package].IsExact;

    // Of all packages at once: the jobs that ask for them come one after the other.
    private Sight[] Sights()
    {
        lock (_lock)
        {
            return _sights ??= AllCores.Select([.. Enumerable.Range(0, packages.Count)], See);
        }
    }

    private Sight See(int package)
    {
        var (isExact, path) = (!plan.Disturbed.Contains(package) || IsAtItsPlace(package), packages[package].Package.Object);
        return new Sight(isExact, Encoding.UTF8.GetBytes($"member {(isExact ? path.Text : $"{path} {Listing(package)}")}\n"));
    }

    /// <summary>Whether an environment has everything of a package at the paths that the package gives it.</summary>
    private bool IsAtItsPlace(int package)
    {
        var (parent, directory) = ("", default(PlannedDirectory));
        foreach (var entry in packages[package].Contents.Entries.Where(entry => entry.Kind != TreeEntryKind.Directory))
        {
            var path = entry.Path.Text;
            if (!path.StartsWith(parent, StringComparison.Ordinal) || path.LastIndexOf('/') != parent.Length)
            {
                parent = TreePath.Parent(path);
                directory = plan.Root.Find(parent);
            }

            if (directory?.Files.TryGetValue(TreePath.Name(path), out var file) != true
                || file.Entry.Kind != entry.Kind || file.Entry.Content != entry.Content || file.Entry.Target != entry.Target)
            {
                return false;
            }
        }

        return true;
    }

    private Blake3Digest Listing(int package)
    {
        var text = new StringBuilder();
        foreach (var file in _files.Value[package].OrderBy(file => file.Path.Text, StringComparer.Ordinal))
        {
            text.Append($"{(int)file.Entry.Kind}\t{(file.Entry.IsFile ? file.Entry.Content : file.Entry.Target)}\t{file.Path}\n");
        }

        return Blake3.Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>How a package is seen.</summary>
    /// <param name="IsExact">As it is in the store.</param>
    /// <param name="KeyLine">What stands for it in a key.</param>
    private sealed record Sight(bool IsExact, ReadOnlyMemory<byte> KeyLine);
}
