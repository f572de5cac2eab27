using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Store.Collecting;
using Veridian.Store.Files;
using Veridian.Store.Generations;
using Veridian.Store.Roots;
using Veridian.Store.Verifying;
using Veridian.Testing;
using Xunit.Abstractions;

namespace Veridian.Integration.Tests.Store;

/// <summary>
/// Stops the world before every single durable operation of an action. Afterwards: old or new state, verify clean, the same
/// action completes, and a gc leaves nothing behind.
/// </summary>
public sealed class KillPointTests(ITestOutputHelper output)
{
    private static readonly TimeSpan LongTime = TimeSpan.FromDays(40);

    [Fact]
    public void Publishing_objects_and_an_environment_survives_a_stop_anywhere()
    {
        ForEveryStop(_ => { }, PublishAll, store =>
        {
            var count = store.Folder.ListObjects().Count;
            Assert.InRange(count, 0, 2);
        });
    }

    [Fact]
    public void Collecting_survives_a_stop_anywhere()
    {
        ForEveryStop(
            store =>
            {
                var paths = store.Publish("keep", "a", "b");
                store.PublishEnvironment([paths[1]], "dead\n");
                var live = store.PublishEnvironment([paths[0]]);
                store.Folder.Roots.Write(new RootRecord { Id = "root", Kind = "manual", Environments = [live] });
            },
            (store, _) => new GarbageCollector(store, () => []).Run(TestStore.Wait, CancellationToken.None),
            store =>
            {
                Assert.Single(store.Folder.Roots.List());
                Assert.Contains(store.Folder.ListObjects(), p => p.Text.Contains("-keep-", StringComparison.Ordinal));
            });
    }

    [Fact]
    public void Publishing_a_generation_survives_a_stop_anywhere()
    {
        ForEveryStop(
            store =>
            {
                PublishEnvironments(store);
                PublishGeneration(store.Folder, store.Folder.Files, store.PathOf(".."), "one");
            },
            (store, files) => PublishGeneration(store, files, store.Path + "/..", "two"),
            store => AssertOneOf(store, "one", "two"));
    }

    [Fact]
    public void Switching_back_survives_a_stop_anywhere()
    {
        ForEveryStop(
            store =>
            {
                PublishEnvironments(store);
                PublishGeneration(store.Folder, store.Folder.Files, store.PathOf(".."), "one");
                PublishGeneration(store.Folder, store.Folder.Files, store.PathOf(".."), "two");
            },
            (store, files) =>
            {
                using var generations = Generations(store, files, store.Path + "/..");
                generations.Switch(1, Project(store.Path + "/.."), force: false, TestStore.Wait, CancellationToken.None);
            },
            store => AssertOneOf(store, "one", "two"));
    }

    [Fact]
    public void Deleting_a_generation_survives_a_stop_anywhere()
    {
        ForEveryStop(
            store =>
            {
                PublishEnvironments(store);
                PublishGeneration(store.Folder, store.Folder.Files, store.PathOf(".."), "one");
                PublishGeneration(store.Folder, store.Folder.Files, store.PathOf(".."), "two");
            },
            (store, files) =>
            {
                using var generations = Generations(store, files, store.Path + "/..");
                if (generations.Find(1) is not null)
                {
                    generations.Delete(1, TestStore.Wait, CancellationToken.None);
                }
            },
            store => AssertOneOf(store, "two", "two"));
    }

    [Fact]
    public void A_stop_in_the_recovery_from_a_stop_is_survived_too()
    {
        var total = CountOperations(_ => { }, PublishAll);
        for (var first = 1; first <= total; first += 9)
        {
            for (var second = 1; second <= total + 10; second += 11)
            {
                using var folder = new TemporaryFolder();
                new TestStore(folder).Dispose();
                Stopped(folder, new FaultyStoreFiles { StopBefore = first }, PublishAll);
                Stopped(folder, new FaultyStoreFiles { StopBefore = second }, PublishAll);
                CheckAndFinish(folder, PublishAll, _ => { });
            }
        }
    }

    [Theory]
    [InlineData("VS6001", false)]
    [InlineData("VS6001", true)]
    [InlineData("VS6003", false)]
    public void Every_single_failing_operation_is_reported_and_survived(string code, bool forEver)
    {
        var failure = code == "VS6001" ? ErrorCodes.DiskFull : ErrorCodes.InputOutput;
        var total = CountOperations(_ => { }, PublishAll);
        for (var n = 1; n <= total; n++)
        {
            using var folder = new TemporaryFolder();
            new TestStore(folder).Dispose();
            using (var store = new TestStore(folder, new FaultyStoreFiles { FailAt = n, FailForEver = forEver, Failure = failure }))
            {
                var error = Record.Exception(() => PublishAll(store.Folder, store.Folder.Files));
                Assert.True(error is null or StorageException, $"{n}: {error}");
            }

            CheckAndFinish(folder, PublishAll, _ => { });
        }
    }

    private void ForEveryStop(Action<TestStore> prepare, Action<Veridian.Store.StoreFolder, IStoreFiles> act, Action<TestStore> check)
    {
        var total = CountOperations(prepare, act);
        output.WriteLine($"{total} operations");
        for (var n = 1; n <= total; n++)
        {
            using var folder = new TemporaryFolder();
            using (var store = new TestStore(folder))
            {
                prepare(store);
            }

            var files = new FaultyStoreFiles { StopBefore = n };
            Stopped(folder, files, act);
            try
            {
                CheckAndFinish(folder, act, check);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Stopped before {files.Log[n - 1]}\n{string.Join('\n', files.Log)}", e);
            }
        }
    }

    private static int CountOperations(Action<TestStore> prepare, Action<Veridian.Store.StoreFolder, IStoreFiles> act)
    {
        using var folder = new TemporaryFolder();
        using (var store = new TestStore(folder))
        {
            prepare(store);
        }

        var files = new FaultyStoreFiles();
        using (var store = new TestStore(folder, files))
        {
            act(store.Folder, files);
        }

        return files.Count;
    }

    private static void Stopped(TemporaryFolder folder, FaultyStoreFiles files, Action<Veridian.Store.StoreFolder, IStoreFiles> act)
    {
        using var store = new TestStore(folder, files);
        var error = Record.Exception(() => act(store.Folder, files));
        Assert.True(error is null or WorldStoppedException or AggregateException { InnerException: WorldStoppedException }, error?.ToString());
    }

    private static void CheckAndFinish(TemporaryFolder folder, Action<Veridian.Store.StoreFolder, IStoreFiles> act, Action<TestStore> check)
    {
        var time = new ManualTime();
        time.Advance(TimeProvider.System.GetUtcNow() - time.GetUtcNow());
        using var store = new TestStore(folder, time: time);
        Assert.Empty(new StoreVerifier(store.Folder).VerifyAll(CancellationToken.None));
        check(store);

        act(store.Folder, store.Folder.Files);
        Assert.Empty(new StoreVerifier(store.Folder).VerifyAll(CancellationToken.None));
        time.Advance(LongTime);
        new GarbageCollector(store.Folder, () => []).Run(TestStore.Wait, CancellationToken.None);
        Assert.Empty(new StoreVerifier(store.Folder).VerifyAll(CancellationToken.None));
        Leftovers.AssertNone(store);
        foreach (var state in Directory.Exists(folder.PathOf("state/p")) ? new[] { "state/p", "state/p/generations", "project" } : [])
        {
            var left = Directory.EnumerateFileSystemEntries(folder.PathOf(state)).Select(p => Path.GetFileName(p))
                .Where(p => p.StartsWith('.') || p is "pending").ToList();
            Assert.Empty(left);
        }
    }

    private static void PublishAll(Veridian.Store.StoreFolder store, IStoreFiles files)
    {
        using var transaction = store.Begin(TestStore.Wait, CancellationToken.None);
        var objects = new[] { TestStore.StageSample(transaction, "a").Path, TestStore.StageSample(transaction, "b").Path };
        transaction.Publish(CancellationToken.None);
        var id = TestStore.StageEnvironment(store, transaction, objects);
        transaction.Publish(CancellationToken.None);
        store.Roots.Write(new RootRecord { Id = "root", Kind = "environment", Environments = [id], Objects = objects });
    }

    private static ProjectFiles Project(string folder) => new(Path.Combine(Path.GetFullPath(folder), "project/vpkg.toml"),
        Path.Combine(Path.GetFullPath(folder), "project/vpkg.lock"));

    private static GenerationFolder Generations(Veridian.Store.StoreFolder store, IStoreFiles files, string folder) =>
        GenerationFolder.Open(Path.Combine(Path.GetFullPath(folder), "state/p"), store.Roots, files, TimeProvider.System);

    /// <summary>Environments whose ids are the digests of these words.</summary>
    private static void PublishEnvironments(TestStore store)
    {
        store.PublishEnvironment([], "one");
        store.PublishEnvironment([], "two");
    }

    private static void PublishGeneration(Veridian.Store.StoreFolder store, IStoreFiles files, string folder, string what)
    {
        var project = Project(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(project.Profile)!);
        using var generations = Generations(store, files, folder);
        generations.Publish(new GenerationDraft
        {
            Command = what,
            Environment = Blake3.Hash(Encoding.UTF8.GetBytes(what)),
            Closure = [],
            Profile = Encoding.UTF8.GetBytes(what),
            Lock = Encoding.UTF8.GetBytes(what),
        }, project, TestStore.Wait, CancellationToken.None);
    }

    /// <summary>After recovery, link, lock and profile all tell of the same generation; before it, the link is one of the two.</summary>
    private static void AssertOneOf(TestStore store, string old, string @new)
    {
        var project = Project(store.PathOf(".."));
        using var generations = Generations(store.Folder, store.Folder.Files, store.PathOf(".."));
        Assert.Contains(generations.Current()!.Command, new[] { old, @new });
        generations.Recover(project, TestStore.Wait, CancellationToken.None);
        var state = generations.Current()!.Command;
        Assert.Contains(state, new[] { old, @new });
        Assert.Equal(state, File.ReadAllText(project.Profile));
        Assert.Equal(state, File.ReadAllText(project.Lock));
    }
}
