using System.Runtime.InteropServices;
using Veridian.Core.Errors;
using Veridian.Core.Paths;
using Veridian.Core.Units;
using Veridian.Posix;
using Veridian.Store.Verifying;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

/// <summary>Disks that refuse, and people who meddle.</summary>
public sealed partial class HostileDiskTests : IDisposable
{
    private const uint Nobody = 65534;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_hard_links_everything_is_copied_and_right()
    {
        using var store = new TestStore(_folder, new UnlinkingStoreFiles());
        var objects = store.Publish("a", "b");
        store.PublishEnvironment(objects);

        Assert.Empty(new StoreVerifier(store.Folder).VerifyAll(CancellationToken.None));
        using var folder = DirectoryHandle.Open(store.Folder.FolderOf(objects[0]));
        Assert.Equal(1, Entries.Status(folder, "usr/share/doc/a/copyright")!.Value.Links);
    }

    [Fact]
    public void When_others_have_much_unwritten_data_every_file_is_synced_by_itself()
    {
        var files = new UnlinkingStoreFiles();
        using var store = new TestStore(_folder, files);
        var before = files.Synced;
        store.Publish("a");
        Assert.Equal(before, files.Synced);

        store.Folder.ForeignDirtyLimit = new ByteCount(-(1L << 60));
        store.Publish("b");
        Assert.Equal(before + 5, files.Synced);
    }

    /// <summary>As another user, in this thread only: root may write anywhere.</summary>
    [Fact]
    public void A_store_that_may_not_be_written_says_so_and_can_still_be_read()
    {
        using var open = DirectoryHandle.Open(_folder.Path);
        Durable.SetMode(open, ".", 0x1FF);
        var asRoot = ProcessIsRoot();
        if (asRoot)
        {
            _ = SetFileSystemUser(Nobody);
        }

        try
        {
            StorePath path;
            using (var store = new TestStore(_folder))
            {
                path = store.Publish("a")[0];
                foreach (var name in new[] { "staging", "objects", "manifests", "roots", "trash", "." })
                {
                    Durable.SetMode(store.Folder.Root, name, 0x16D);
                }
            }

            using (var store = new TestStore(_folder))
            {
                var error = Assert.Throws<StorageException>(() => store.Publish("b"));
                Assert.Equal(ErrorCodes.ReadOnly, error.Code);
                Assert.Equal([path], store.Folder.ListObjects());
                Assert.Equal("a", store.Folder.ReadManifest(path).Identity.Name);
                using var index = store.Folder.OpenIndex();
                Assert.Single(index.All());
                Durable.SetMode(store.Folder.Root, ".", 0x1ED);
            }
        }
        finally
        {
            if (asRoot)
            {
                _ = SetFileSystemUser(0);
            }
        }
    }

    [Fact]
    public void A_racer_that_swaps_a_directory_for_a_link_gets_nothing_outside()
    {
        var outside = Directory.CreateDirectory(_folder.PathOf("outside")).FullName;
        using var store = new TestStore(_folder);
        using var stop = new CancellationTokenSource();
        using var transaction = store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        using var writer = transaction.Stage("raced", "1", "all");
        writer.Directory(RelativePath.Of("d/e"));
        var tree = Directory.EnumerateDirectories(store.PathOf("staging")).Single() + "/tree-1";
        File.CreateSymbolicLink(tree + "/link", outside);
        var racer = new Thread(() => SwapUntil(tree, stop.Token));
        racer.Start();
        for (var i = 0; i < 3000; i++)
        {
            var place = i % 2 == 0 ? "d" : "d/e";
            _ = Record.Exception(() => TestStore.AddFile(writer, $"{place}/f{i}", "content " + i));
            _ = Record.Exception(() => writer.SymbolicLink(RelativePath.Of($"{place}/s{i}"), "x"));
            _ = Record.Exception(() => writer.Directory(RelativePath.Of($"{place}/n{i}")));
        }

        stop.Cancel();
        racer.Join();
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
    }

    [Fact]
    public void A_busy_store_names_who_is_at_work()
    {
        using var store = new TestStore(_folder);
        using var held = FileLock.Try(store.PathOf("lock"), exclusive: true);

        var error = Assert.Throws<BusyException>(() => store.Folder.Begin(TimeSpan.Zero, CancellationToken.None));
        Assert.Contains($"process {Environment.ProcessId} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernels_table_of_locks_is_read()
    {
        const string locks = """
            1: POSIX  ADVISORY  WRITE 11 fe:00:77 0 EOF
            2: FLOCK  ADVISORY  WRITE 22 fe:00:77 0 EOF
            2: -> FLOCK  ADVISORY  WRITE 33 fe:00:77 0 EOF
            3: FLOCK  ADVISORY  READ  44 fe:00:177 0 EOF
            """;

        Assert.Equal([22], LockHolders.Find(locks, 77));
    }

    private static void SwapUntil(string tree, CancellationToken cancellationToken)
    {
        using var folder = DirectoryHandle.Open(tree);
        while (!cancellationToken.IsCancellationRequested)
        {
            _ = Record.Exception(() => Durable.Rename(folder, "d", folder, "link", RenameMode.Exchange));
        }
    }

    private static bool ProcessIsRoot() => Environment.UserName == "root";

    [LibraryImport("libc.so.6", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint user);
}
