using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Blobs;
using Veridian.Store.Trees;
using Veridian.Store.Verifying;

namespace Veridian.Store.Repairing;

/// <summary>
/// Makes the store what its manifests say, one atomic step per path, so that generations keep working and running programs
/// keep the files they have open. Sound contents come from the blobs; what no blob has must be staged again first.
/// </summary>
/// <remarks>
/// Source: <c>spec/store.md</c> ST-37 to ST-40. Give it the findings of <see cref="StoreVerifier.VerifyAll"/>: a damaged file
/// with many names is then found, and mended, under every one.
/// </remarks>
public sealed class StoreRepair(StoreFolder store)
{
    private readonly SoundBlobs _blobs = new(store);

    /// <summary>Removes blobs that are not what their names say, and tells what has to be fetched or built again before <see cref="Mend"/>.</summary>
    public RepairNeeds Prepare(IReadOnlyList<Finding> findings)
    {
        RemoveBadBlobs(findings);
        var objects = new SortedSet<StorePath>();
        var environments = new SortedSet<Blake3Digest>();
        foreach (var owner in findings.GroupBy(f => f.Owner))
        {
            if (StorePath.TryParse(owner.Key, out var path))
            {
                if (Missing(TryEntries(path), owner).Count > 0)
                {
                    objects.Add(path);
                }
            }
            else if (Blake3Digest.TryParse(owner.Key, out var id) && !TryFindSources(id, owner, objects))
            {
                environments.Add(id);
            }
        }

        return new RepairNeeds([.. objects], [.. environments]);
    }

    /// <summary>Mends what can be mended now.</summary>
    /// <returns>What is still wrong with the same objects and environments.</returns>
    /// <exception cref="StorageException">The disk failed; what was mended stays mended.</exception>
    public IReadOnlyList<Finding> Mend(IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var objects = new HashSet<StorePath>();
        var environments = new HashSet<Blake3Digest>();
        using (store.Lock.Shared(StoreLock.DefaultWait, cancellationToken))
        {
            foreach (var owner in findings.GroupBy(f => f.Owner))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (StorePath.TryParse(owner.Key, out var path))
                {
                    objects.Add(path);
                    new TreeMender(store, _blobs).Mend(store.ObjectsFolder, owner.Key, TryEntries(path), owner);
                }
                else if (Blake3Digest.TryParse(owner.Key, out var id))
                {
                    environments.Add(id);
                    new TreeMender(store, _blobs).Mend(store.EnvironmentsFolder, owner.Key, TryEntries(id), owner);
                }
            }

            // Names are durable already; modes and times of folders are not, and some file systems keep them in memory for half a minute.
            store.Files.SyncFileSystem(store.Root);
        }

        return new StoreVerifier(store).Verify(objects, environments, cancellationToken);
    }

    /// <summary>
    /// Takes away an environment's description, so that building it again is not taken for needless; its tree stays in use until
    /// publishing the new one replaces it. Cut off before that, the next apply or repair builds it.
    /// </summary>
    public void Forget(Blake3Digest environment)
    {
        store.Files.Remove(store.ManifestsFolder, environment.ToString(), isDirectory: false);
        store.Files.SyncDirectory(store.ManifestsFolder);
    }

    /// <summary>Files among the findings whose content no sound blob has; everything, if the tree or its manifest is missing.</summary>
    private List<BlobKey?> Missing(Dictionary<string, TreeEntry>? entries, IEnumerable<Finding> findings) =>
        entries is null || findings.Any(f => f is { Path: "", Kind: not FindingKind.WrongMode })
            ? [null]
            : [.. findings.Select(f => entries.GetValueOrDefault(f.Path)).OfType<TreeEntry>()
                .Where(e => e.IsFile && e.Size > 0).Select(e => (BlobKey?)SoundBlobs.KeyOf(e)).Where(k => !_blobs.Has(k!.Value))];

    /// <summary>Adds the objects that hold what an environment lacks; false if one content is its own and lost.</summary>
    private bool TryFindSources(Blake3Digest id, IEnumerable<Finding> findings, SortedSet<StorePath> objects)
    {
        foreach (var key in Missing(TryEntries(id), findings))
        {
            if (key is null || store.ReadEnvironmentManifestHead(id).Objects.FirstOrDefault(o => Holds(o, key.Value)) is not { } source)
            {
                return false;
            }

            objects.Add(source);
        }

        return true;
    }

    private bool Holds(StorePath path, BlobKey key) =>
        TryEntries(path) is { } entries && entries.Values.Any(e => e.IsFile && SoundBlobs.KeyOf(e) == key);

    private void RemoveBadBlobs(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings.Where(f => f.Owner.Length > 3 && f.Owner[2] == '/' && f.Path.Length == 0))
        {
            if (finding.Kind == FindingKind.WrongMode && BlobKey.TryParse(finding.Owner[..2], finding.Owner[3..], out var key))
            {
                store.Files.SetMode(store.BlobsFolder, finding.Owner, key.Mode);
            }
            else if (Entries.Status(store.BlobsFolder, finding.Owner) is { Type: not EntryType.Directory })
            {
                store.Files.Remove(store.BlobsFolder, finding.Owner, isDirectory: false);
            }
        }
    }

    private Dictionary<string, TreeEntry>? TryEntries(StorePath path) => TryEntries(() => store.ReadManifest(path).Entries);

    private Dictionary<string, TreeEntry>? TryEntries(Blake3Digest id) => TryEntries(() => store.ReadEnvironmentManifest(id).Entries);

    private static Dictionary<string, TreeEntry>? TryEntries(Func<IReadOnlyList<TreeEntry>> read)
    {
        try
        {
            return read().ToDictionary(e => e.Path.Text, StringComparer.Ordinal);
        }
        catch (StoreDamagedException)
        {
            return null;
        }
    }
}
