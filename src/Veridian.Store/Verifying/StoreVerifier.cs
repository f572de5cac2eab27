using System.Collections.Concurrent;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Blobs;
using Veridian.Store.Manifests;

namespace Veridian.Store.Verifying;

/// <summary>
/// Compares what is on disk with the manifests, byte for byte, on all processors. Changes nothing.
/// One verifier reads a file that has many names only once.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-28 to ST-30. Findings are ordered by owner and path.</remarks>
public sealed class StoreVerifier(StoreFolder store)
{
    private readonly ContentReader _reader = new();

    /// <summary>One object.</summary>
    public IReadOnlyList<Finding> VerifyObject(StorePath path, CancellationToken cancellationToken) => Verify([path], [], cancellationToken);

    /// <summary>One environment.</summary>
    public IReadOnlyList<Finding> VerifyEnvironment(Blake3Digest id, CancellationToken cancellationToken) => Verify([], [id], cancellationToken);

    /// <summary>Some objects and environments at once.</summary>
    public IReadOnlyList<Finding> Verify(
        IReadOnlyCollection<StorePath> objects, IReadOnlyCollection<Blake3Digest> environments, CancellationToken cancellationToken)
    {
        return Verify([.. objects.Select(path => path.Text), .. environments.Select(id => id.ToString())], cancellationToken);
    }

    /// <param name="trees">Store paths of objects, digests of environments.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    private List<Finding> Verify(IReadOnlyCollection<string> trees, CancellationToken cancellationToken)
    {
        var findings = new ConcurrentBag<Finding>();
        var files = new ConcurrentBag<FileToRead>();
        AllCores.ForEach(trees, name =>
        {
            if (StorePath.TryParse(name, out var path))
            {
                CheckObject(path, findings, files);
            }
            else if (Blake3Digest.TryParse(name, out var id))
            {
                CheckEnvironment(id, findings, files);
            }
        }, cancellationToken);
        _reader.Check([.. files], findings, cancellationToken);
        return InOrder(findings);
    }

    /// <summary>All shared contents: each must be what its name says.</summary>
    public IReadOnlyList<Finding> VerifyBlobs(CancellationToken cancellationToken)
    {
        var findings = new ConcurrentBag<Finding>();
        var files = new ConcurrentBag<FileToRead>();
        AllCores.ForEach(Entries.List(store.BlobsFolder), entry => ListBlobs(entry.Name, findings, files), cancellationToken);
        _reader.Check([.. files], findings, cancellationToken);
        return InOrder(findings);
    }

    /// <summary>Everything that is published or that a root names: objects, environments and blobs.</summary>
    public IReadOnlyList<Finding> VerifyAll(CancellationToken cancellationToken)
    {
        var trees = new HashSet<string>(StringComparer.Ordinal);
        trees.UnionWith(store.ListObjects().Select(path => path.Text));
        trees.UnionWith(store.ListEnvironments().Select(id => id.ToString()));
        foreach (var root in store.Roots.List())
        {
            trees.UnionWith(root.Objects.Select(path => path.Text));
            trees.UnionWith(root.Environments.Select(id => id.ToString()));
        }

        return [.. Verify(trees, cancellationToken), .. VerifyBlobs(cancellationToken)];
    }

    private void CheckObject(StorePath path, ConcurrentBag<Finding> findings, ConcurrentBag<FileToRead> files)
    {
        try
        {
            var manifest = store.ReadManifest(path);
            if (store.ReadControl(path).Digest != manifest.Identity.Control)
            {
                findings.Add(new Finding(FindingKind.BadDescription, path.Text, "", "control data has another digest"));
            }

            new TreeComparison(path.Text, findings, files).Compare(store.ObjectsFolder, manifest.Entries);
        }
        catch (VeridianException e) when (SaysSomethingOfTheStore(e))
        {
            findings.Add(new Finding(FindingKind.BadDescription, path.Text, "", e.Message));
        }
    }

    private void CheckEnvironment(Blake3Digest id, ConcurrentBag<Finding> findings, ConcurrentBag<FileToRead> files)
    {
        try
        {
            EnvironmentManifest manifest = store.ReadEnvironmentManifest(id);
            new TreeComparison(id.ToString(), findings, files).Compare(store.EnvironmentsFolder, manifest.Entries);
        }
        catch (VeridianException e) when (SaysSomethingOfTheStore(e))
        {
            findings.Add(new Finding(FindingKind.BadDescription, id.ToString(), "", e.Message));
        }
    }

    // What this process lacks is no finding: the file may be as good as ever.
    private static bool SaysSomethingOfTheStore(VeridianException failure) =>
        failure is StoreDamagedException || (failure is StorageException && failure.Code != ErrorCodes.OutOfResources);

    private void ListBlobs(string folderName, ConcurrentBag<Finding> findings, ConcurrentBag<FileToRead> files)
    {
        using var folder = store.BlobsFolder.TryOpenBeneath(folderName);
        foreach (var (name, type) in folder is null ? [] : Entries.List(folder))
        {
            var owner = $"{folderName}/{name}";
            if (type != EntryType.File || !BlobKey.TryParse(folderName, name, out var key))
            {
                findings.Add(new Finding(FindingKind.Extra, owner, "", "is no blob's name"));
            }
            else if (Entries.Status(folder!, name) is { } status)
            {
                if (status.Mode != key.Mode)
                {
                    findings.Add(new Finding(FindingKind.WrongMode, owner, "", TreeComparison.ModeDetail(status.Mode, key.Mode)));
                }

                files.Add(new FileToRead(owner, "", store.BlobsFolder, owner, status.Inode, status.Size, status.Size, key.Content));
            }
        }
    }

    private static List<Finding> InOrder(ConcurrentBag<Finding> findings) =>
        [.. findings.OrderBy(f => f.Owner, StringComparer.Ordinal).ThenBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Kind)];
}
