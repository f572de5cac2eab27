using System.Text;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;
using Veridian.Store.Trees;

namespace Veridian.Testing;

/// <summary>A store in a temporary folder, and small objects to put into it.</summary>
public sealed class TestStore : IDisposable
{
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);
    private readonly TemporaryFolder _folder;

    public TestStore(TemporaryFolder folder, IStoreFiles? files = null, TimeProvider? time = null)
    {
        _folder = folder;
        Folder = StoreFolder.OpenOrCreate(folder.PathOf("store"), files ?? new UnsyncedStoreFiles(), time ?? TimeProvider.System);

        // What other programs write meanwhile must not decide which way a test goes.
        Folder.ForeignDirtyLimit = new ByteCount(1L << 60);
    }

    public StoreFolder Folder { get; }

    public string PathOf(string name) => _folder.PathOf("store/" + name);

    /// <summary>An object with a script, a shared licence, an empty file, a link and a directory.</summary>
    public static StagedObject StageSample(StoreTransaction transaction, string name, string version = "1.0", bool again = false)
    {
        using var writer = transaction.Stage(name, version, "amd64");
        writer.Directory(RelativePath.Of("usr/bin"));
        AddFile(writer, $"usr/bin/{name}", $"#!/bin/sh\necho {name} {version}\n", executable: true);
        AddFile(writer, $"usr/share/doc/{name}/copyright", "Everyone may use it.\n");
        AddFile(writer, $"usr/share/doc/{name}/empty", "");
        writer.SymbolicLink(RelativePath.Of($"usr/bin/{name}-link"), name);
        writer.Directory(RelativePath.Of("var/lib/empty"));
        var control = ControlData.Of([new ControlMember("postinst", "#!/bin/sh\n"u8.ToArray())]);
        var origin = new Origin("https://example.org/" + name, new string('0', 64), "tester");
        return again ? writer.CompleteAgain(control, origin) : writer.Complete(control, origin);
    }

    public static void AddFile(Core.Trees.ITreeSink sink, string path, string text, bool executable = false)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        sink.File(RelativePath.Of(path), executable, bytes.Length, new MemoryStream(bytes));
    }

    /// <summary>Publishes sample objects.</summary>
    public IReadOnlyList<StorePath> Publish(params string[] names)
    {
        using var transaction = Folder.Begin(Wait, CancellationToken.None);
        var paths = names.Select(n => StageSample(transaction, n).Path).ToList();
        transaction.Publish(CancellationToken.None);
        return paths;
    }

    /// <summary>Stages an environment with all files of the objects and one of its own.</summary>
    public static Blake3Digest StageEnvironment(StoreFolder store, StoreTransaction transaction, IReadOnlyList<StorePath> objects, string own = "own\n")
    {
        var id = Blake3.Hash(Encoding.UTF8.GetBytes(string.Join('\n', objects) + own));
        using var writer = transaction.StageEnvironment(id, objects);
        foreach (var path in objects)
        {
            var kinds = store.ReadManifest(path).Entries.ToLookup(entry => entry.Kind == TreeEntryKind.Directory);
            foreach (var directory in kinds[true])
            {
                writer.Directory(directory.Path);
            }

            writer.LinkAll([.. kinds[false].Select(entry => new ObjectLink(entry.Path, path, entry))], CancellationToken.None);
        }

        AddFile(writer, "etc/own", own);
        writer.Complete();
        return id;
    }

    /// <summary>Publishes an environment of published objects.</summary>
    public Blake3Digest PublishEnvironment(IReadOnlyList<StorePath> objects, string own = "own\n")
    {
        using var transaction = Folder.Begin(Wait, CancellationToken.None);
        var id = StageEnvironment(Folder, transaction, objects, own);
        transaction.Publish(CancellationToken.None);
        return id;
    }

    /// <summary>Changes a sealed file in place, as a program could that writes through a hard link.</summary>
    public static void Overwrite(string path, string text)
    {
        using var folder = DirectoryHandle.Open(Path.GetDirectoryName(path)!);
        Durable.SetMode(folder, Path.GetFileName(path), 0x1A4);
        File.WriteAllText(path, text);
        Durable.SetMode(folder, Path.GetFileName(path), 0x124);
    }

    public void Dispose() => Folder.Dispose();
}
