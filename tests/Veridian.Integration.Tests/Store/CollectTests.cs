using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Collecting;
using Veridian.Store.Roots;
using Veridian.Store.Verifying;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

public sealed class CollectTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly TestStore _store;

    public CollectTests() => _store = new TestStore(_folder, time: _time);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Only_what_no_root_names_goes()
    {
        var paths = _store.Publish("a", "b");
        Root("keeps-a", [paths[0]]);

        var plan = Collector().Plan();
        var done = Collector().Run(TestStore.Wait, CancellationToken.None);

        Assert.Equal([paths[1]], done.Objects);
        Assert.Equal(plan.Objects, done.Objects);
        Assert.Equal((plan.Blobs, plan.Freed), (done.Blobs, done.Freed));
        Assert.Equal("#!/bin/sh\necho b 1.0\n".Length, done.Freed.Bytes);
        Assert.True(_store.Folder.Exists(paths[0]));
        Assert.False(_store.Folder.Exists(paths[1]));
        AssertClean();
    }

    [Fact]
    public void An_environment_keeps_its_objects()
    {
        var paths = _store.Publish("a", "b");
        var id = _store.PublishEnvironment([paths[0]]);
        _store.Folder.Roots.Write(new RootRecord { Id = "env", Kind = "environment", Environments = [id] });

        var done = Collector().Run(TestStore.Wait, CancellationToken.None);

        Assert.Equal([paths[1]], done.Objects);
        Assert.True(_store.Folder.EnvironmentExists(id));
        AssertClean();
    }

    [Fact]
    public void A_running_environment_is_a_root()
    {
        var paths = _store.Publish("a");
        var id = _store.PublishEnvironment(paths);
        MountedFolder[] mounts = [new MountedFolder($"/u/.local/share/vpkg/store/environments/{id}", "/newroot")];

        new GarbageCollector(_store.Folder, () => mounts).Run(TestStore.Wait, CancellationToken.None);
        Assert.True(_store.Folder.EnvironmentExists(id));
        Assert.True(_store.Folder.Exists(paths[0]));

        Collector().Run(TestStore.Wait, CancellationToken.None);
        Assert.False(_store.Folder.EnvironmentExists(id));
        AssertClean();
    }

    [Fact]
    public void What_a_living_transaction_keeps_or_has_just_published_stays()
    {
        var a = _store.Publish("a")[0];
        using (var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            Assert.Equal([a], transaction.Keep([a, StorePath.Create(Blake3.Hash([]), "none", "1")]));
            var b = TestStore.StageSample(transaction, "b").Path;
            transaction.Publish(CancellationToken.None);
            Collector().Run(TestStore.Wait, CancellationToken.None);
            Assert.True(_store.Folder.Exists(a));
            Assert.True(_store.Folder.Exists(b));
        }

        Assert.Equal(2, Collector().Run(TestStore.Wait, CancellationToken.None).Objects.Count);
        AssertClean();
    }

    [Fact]
    public void A_root_whose_generation_is_gone_counts_for_another_day_only()
    {
        var paths = _store.Publish("a");
        Directory.CreateDirectory(_folder.PathOf("state/generations"));
        _store.Folder.Roots.Write(new RootRecord { Id = "p-1", Kind = "generation", Generation = _folder.PathOf("state/generations/1"), Objects = paths });

        Assert.Empty(Collector().Run(TestStore.Wait, CancellationToken.None).Objects);
        _time.Advance(TimeSpan.FromHours(25));
        var done = Collector().Run(TestStore.Wait, CancellationToken.None);

        Assert.Equal(["p-1"], done.Roots);
        Assert.Equal(paths, done.Objects);
        Assert.Empty(_store.Folder.Roots.List());
    }

    [Fact]
    public void A_root_of_an_unplugged_disk_counts_for_a_month()
    {
        var paths = _store.Publish("a");
        _store.Folder.Roots.Write(new RootRecord { Id = "p-1", Kind = "generation", Generation = "/no/such/disk/generations/1", Objects = paths });

        _time.Advance(TimeSpan.FromDays(29));
        Assert.Empty(Collector().Run(TestStore.Wait, CancellationToken.None).Objects);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(paths, Collector().Run(TestStore.Wait, CancellationToken.None).Objects);
    }

    [Fact]
    public void A_root_that_cannot_be_read_stops_everything()
    {
        var paths = _store.Publish("a");
        File.WriteAllText(_store.PathOf("roots/broken"), "veridian-root 1\nkind gen");

        Assert.Throws<StoreDamagedException>(() => Collector().Run(TestStore.Wait, CancellationToken.None));
        Assert.True(_store.Folder.Exists(paths[0]));
    }

    [Fact]
    public void A_dead_transaction_is_swept_and_a_living_one_is_not()
    {
        Directory.CreateDirectory(_store.PathOf("staging/00000000-0000-0000-0000-000000000000-x/tree-1/usr"));
        Directory.CreateDirectory(_store.PathOf($"staging/{BootId.Read()}-dead/tree-1/usr"));
        File.WriteAllText(_store.PathOf($"staging/{BootId.Read()}-dead/lock"), "");
        using (var living = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            Assert.Single(Directory.EnumerateDirectories(_store.PathOf("staging")));
            TestStore.StageSample(living, "a");
            Collector().Run(TestStore.Wait, CancellationToken.None);
            using var second = _store.Folder.Begin(TestStore.Wait, CancellationToken.None);
            living.Publish(CancellationToken.None);
        }

        Assert.Single(_store.Folder.ListObjects());
        AssertClean();
    }

    [Fact]
    public void Trees_with_hostile_modes_and_names_are_deleted()
    {
        var dead = _store.PathOf("trash/dead/sub");
        Directory.CreateDirectory(dead);
        File.WriteAllText(dead + "/file", "");
        File.CreateSymbolicLink(dead + "/link", "/etc");
        using (var folder = DirectoryHandle.Open(dead))
        {
            Durable.Create(folder, "stray-\uDCFF\uDC80").Dispose();
            Durable.SetMode(folder, ".", 0);
        }

        Collector().Run(TestStore.Wait, CancellationToken.None);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.PathOf("trash")));
        Assert.True(Directory.Exists("/etc"));
    }

    [Fact]
    public void It_works_without_any_room_on_the_disk()
    {
        _store.Publish("a", "b");
        using var full = new TestStore(_folder, new FaultyStoreFiles { FailAt = 1, FailForEver = true });

        new GarbageCollector(full.Folder, () => []).Run(TestStore.Wait, CancellationToken.None);

        Assert.Empty(_store.Folder.ListObjects());
        AssertClean();
    }

    [Fact]
    public async Task Writers_and_collectors_at_once_never_lose_what_is_needed()
    {
        var names = Enumerable.Range(0, 6).Select(i => "p" + i).ToArray();
        using var stop = new CancellationTokenSource();
        // A thread of its own, and a moment between two runs: nobody can lock what a loop never lets go.
        var collecting = Task.Factory.StartNew(
            () =>
            {
                using var own = new TestStore(_folder);
                while (!stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5)))
                {
                    new GarbageCollector(own.Folder, () => []).Run(TestStore.Wait, CancellationToken.None);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Parallel.For(0, 4, worker =>
        {
            using var own = new TestStore(_folder);
            for (var round = 0; round < 15; round++)
            {
                using var transaction = own.Folder.Begin(TestStore.Wait, CancellationToken.None);
                var paths = names.Select(n => TestStore.StageSample(transaction, n).Path).ToList();
                transaction.Publish(CancellationToken.None);
                Assert.All(paths, p => Assert.True(own.Folder.Exists(p)));
                Assert.Empty(new StoreVerifier(own.Folder).Verify(paths, [], CancellationToken.None));
            }
        });
        await stop.CancelAsync();
        await collecting;
        Collector().Run(TestStore.Wait, CancellationToken.None);
        AssertClean();
    }

    private GarbageCollector Collector() => new(_store.Folder, () => []);

    private void Root(string id, IReadOnlyList<StorePath> objects) =>
        _store.Folder.Roots.Write(new RootRecord { Id = id, Kind = "manual", Objects = objects });

    private void AssertClean()
    {
        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
        Leftovers.AssertNone(_store);
    }
}
