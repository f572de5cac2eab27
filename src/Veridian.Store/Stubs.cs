#pragma warning disable CS1591, CA1801, IDE0060, CS9113, CA1823, CS0169, CA2214
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Core.Units;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Roots;
using Veridian.Store.Trees;

namespace Veridian.Store;

public sealed class StoreFolder : IDisposable
{
    public static StoreFolder Open(string path, IStoreFiles files, TimeProvider time) => throw new NotImplementedException();
    public static StoreFolder OpenOrCreate(string path, IStoreFiles files, TimeProvider time) => throw new NotImplementedException();
    public string Path => throw new NotImplementedException();
    public StoreRoots Roots => throw new NotImplementedException();
    public StoreTransaction Begin(TimeSpan wait, CancellationToken cancellationToken) => throw new NotImplementedException();
    public bool Exists(StorePath path) => throw new NotImplementedException();
    public bool EnvironmentExists(Blake3Digest id) => throw new NotImplementedException();
    public string FolderOf(StorePath path) => throw new NotImplementedException();
    public string FolderOfEnvironment(Blake3Digest id) => throw new NotImplementedException();
    public ObjectManifest ReadManifest(StorePath path) => throw new NotImplementedException();
    public ObjectManifest ReadManifestHead(StorePath path) => throw new NotImplementedException();
    public EnvironmentManifest ReadEnvironmentManifest(Blake3Digest id) => throw new NotImplementedException();
    public ControlData ReadControl(StorePath path) => throw new NotImplementedException();
    public IReadOnlyList<StorePath> ListObjects() => throw new NotImplementedException();
    public IReadOnlyList<Blake3Digest> ListEnvironments() => throw new NotImplementedException();
    public StoreIndex OpenIndex() => throw new NotImplementedException();
    public void Dispose() => throw new NotImplementedException();
}

public sealed class ControlData
{
    public static ControlData Empty => throw new NotImplementedException();
    public static ControlData Of(IEnumerable<ControlMember> members) => throw new NotImplementedException();
    public IReadOnlyList<ControlMember> Members => throw new NotImplementedException();
    public byte[]? Find(string name) => throw new NotImplementedException();
    public Blake3Digest Digest => throw new NotImplementedException();
}

public sealed class StoreTransaction : IDisposable
{
    /// <summary>Protects the objects from a gc until the transaction ends; returns those that are there.</summary>
    public IReadOnlySet<StorePath> Keep(IEnumerable<StorePath> paths) => throw new NotImplementedException();
    public bool KeepEnvironment(Blake3Digest id) => throw new NotImplementedException();
    public ObjectWriter Stage(string name, string version, string architecture) => throw new NotImplementedException();
    public EnvironmentWriter StageEnvironment(Blake3Digest id, IReadOnlyList<StorePath> objects) => throw new NotImplementedException();
    /// <summary>A private scratch folder that vanishes with the transaction, also after a crash.</summary>
    public string MakeScratchFolder() => throw new NotImplementedException();
    public void Publish(CancellationToken cancellationToken) => throw new NotImplementedException();
    public void Dispose() => throw new NotImplementedException();
}

public sealed class ObjectWriter : ITreeSink, IDisposable
{
    public void Directory(RelativePath path) => throw new NotImplementedException();
    public void File(RelativePath path, bool executable, long length, Stream content) => throw new NotImplementedException();
    public void SymbolicLink(RelativePath path, string target) => throw new NotImplementedException();
    public void HardLink(RelativePath path, RelativePath target) => throw new NotImplementedException();
    public StagedObject Complete(ControlData control, Origin origin) => throw new NotImplementedException();
    public void Dispose() => throw new NotImplementedException();
}

public sealed record StagedObject(StorePath Path, Blake3Digest Tree, ByteCount Bytes, int Files, bool AlreadyThere);

public sealed class EnvironmentWriter : ITreeSink, IDisposable
{
    public void Directory(RelativePath path) => throw new NotImplementedException();
    public void File(RelativePath path, bool executable, long length, Stream content) => throw new NotImplementedException();
    public void SymbolicLink(RelativePath path, string target) => throw new NotImplementedException();
    public void HardLink(RelativePath path, RelativePath target) => throw new NotImplementedException();
    /// <summary>Hard-links one entry of an object (from its manifest) to <paramref name="path"/>.</summary>
    public void Link(RelativePath path, StorePath source, TreeEntry entry) => throw new NotImplementedException();
    public EnvironmentManifest Complete() => throw new NotImplementedException();
    public void Dispose() => throw new NotImplementedException();
}

public sealed class StoreRoots
{
    public IReadOnlyList<RootRecord> List() => throw new NotImplementedException();
    public void Write(RootRecord root) => throw new NotImplementedException();
    public bool Remove(string id) => throw new NotImplementedException();
    public void Touch(string id) => throw new NotImplementedException();
}

public sealed class StoreIndex : IDisposable
{
    public IReadOnlyList<IndexedObject> Find(string name) => throw new NotImplementedException();
    public IReadOnlyList<IndexedObject> All() => throw new NotImplementedException();
    public void Dispose() => throw new NotImplementedException();
}

public sealed record IndexedObject(StorePath Path, string Name, string Version, string Architecture, Blake3Digest Tree, ByteCount Bytes, int Files);

public enum FindingKind { Missing, Extra, Changed, WrongMode, WrongType, WrongTarget, ManifestMissing, ManifestBroken }

/// <summary>Owner: store path, environment id or blob name; Path: inside it, null for the whole.</summary>
public sealed record Finding(FindingKind Kind, string Owner, string? Path, string Detail);

public sealed class StoreVerifier(StoreFolder store)
{
    public IReadOnlyList<Finding> Object(StorePath path, CancellationToken cancellationToken) => throw new NotImplementedException();
    public IReadOnlyList<Finding> Environment(Blake3Digest id, CancellationToken cancellationToken) => throw new NotImplementedException();
    public IReadOnlyList<Finding> Objects(CancellationToken cancellationToken) => throw new NotImplementedException();
    public IReadOnlyList<Finding> Environments(CancellationToken cancellationToken) => throw new NotImplementedException();
    public IReadOnlyList<Finding> Blobs(CancellationToken cancellationToken) => throw new NotImplementedException();
    public IReadOnlyList<Finding> All(CancellationToken cancellationToken) => throw new NotImplementedException();
}

public sealed record CollectionPlan(IReadOnlyList<StorePath> Objects, IReadOnlyList<Blake3Digest> Environments, IReadOnlyList<string> Roots, ByteCount Bytes);

public sealed class GarbageCollector(StoreFolder store)
{
    public CollectionPlan Plan() => throw new NotImplementedException();
    public CollectionPlan Run(TimeSpan wait, CancellationToken cancellationToken) => throw new NotImplementedException();
}

/// <summary>Folder of one project's generations: STATE/PROJECT-ID/.</summary>
public sealed class GenerationFolder
{
    public static GenerationFolder Open(string path, StoreFolder store, IStoreFiles files, TimeProvider time) => throw new NotImplementedException();
    /// <summary>Cheap: one readlink and one small text file; null if there is none. Needs no store.</summary>
    public static GenerationRecord? ReadCurrent(string path) => throw new NotImplementedException();
    public GenerationRecord? Current() => throw new NotImplementedException();
    public IReadOnlyList<GenerationRecord> List() => throw new NotImplementedException();
    public string FolderOf(int number) => throw new NotImplementedException();
    public GenerationRecord Publish(GenerationDraft draft, ProjectFiles project, TimeSpan wait, CancellationToken cancellationToken) => throw new NotImplementedException();
    /// <summary>Makes an earlier generation current again and puts its profile and lock in place.</summary>
    public GenerationRecord Switch(int number, ProjectFiles project, bool force, TimeSpan wait, CancellationToken cancellationToken) => throw new NotImplementedException();
    public bool HasUncommittedEdits(ProjectFiles project) => throw new NotImplementedException();
    public void Pin(int number, bool pinned) => throw new NotImplementedException();
    public void Delete(int number, TimeSpan wait, CancellationToken cancellationToken) => throw new NotImplementedException();
    /// <summary>Completes a publish that was cut off; true if there was one.</summary>
    public bool Recover(ProjectFiles project, TimeSpan wait, CancellationToken cancellationToken) => throw new NotImplementedException();
}

public sealed record ProjectFiles(string Profile, string Lock);

public sealed record GenerationDraft(string Command, Blake3Digest Environment, IReadOnlyList<StorePath> Closure, byte[] Profile, byte[] Lock, IReadOnlyList<(string Name, byte[] Bytes)> Includes);

public sealed record GenerationRecord(int Number, DateTimeOffset Time, string Command, Blake3Digest Environment, IReadOnlyList<StorePath> Closure, bool Pinned);
