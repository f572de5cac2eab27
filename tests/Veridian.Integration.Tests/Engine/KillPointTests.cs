using System.Collections.Concurrent;
using Veridian.Engine.Applying;
using Veridian.Engine.Maintaining;
using Veridian.Engine.RollingBack;
using Veridian.Integration.Tests.Store;
using Veridian.Store.Files;
using Veridian.Store.Generations;
using Veridian.Testing;
using Xunit.Abstractions;

namespace Veridian.Integration.Tests.Engine;

/// <summary>
/// Stops the world before every durable operation of a whole use case. Afterwards with a working disk: the old or the new
/// state with the profile and lock that belong to it, verify clean, the same command completes, and gc leaves nothing over.
/// </summary>
public sealed class KillPointTests : IDisposable
{
    private static readonly TimeSpan LongTime = TimeSpan.FromDays(40);
    private readonly ITestOutputHelper _output;
    private readonly TemporaryFolder _shared = new();
    private readonly LocalRepository _repository;

    public KillPointTests(ITestOutputHelper output)
    {
        _output = output;
        _repository = new LocalRepository(_shared.PathOf("repository"), TimeProvider.System.GetUtcNow().AddDays(-1))
            .Add(TinyPackage.Plain("base").Field("Essential", "yes").Link("usr/share/base", "doc/base"),
                TinyPackage.Program("alpha", depends: "beta"),
                TinyPackage.Plain("beta"),
                TinyPackage.Plain("gamma"))
            .Publish();
    }

    public void Dispose() => _shared.Dispose();

    [Fact]
    public Task A_first_apply_survives_a_stop_anywhere() => ForEveryStopAsync(
        project =>
        {
            project.Write("alpha = \"*\"");
            return Task.CompletedTask;
        },
        (project, files) => project.ApplyAsync("new", files: files),
        null, "new");

    [Fact]
    public Task An_apply_of_a_change_survives_a_stop_anywhere() => ForEveryStopAsync(
        project => project.Write("alpha = \"*\"").ApplyAsync("old"),
        (project, files) => project.ApplyAsync("new", project.Text("alpha = \"*\"\ngamma = \"*\""), files),
        "old", "new");

    [Fact]
    public Task A_removal_survives_a_stop_anywhere() => ForEveryStopAsync(
        project => project.Write("alpha = \"*\"\ngamma = \"*\"").ApplyAsync("old"),
        (project, files) => project.ApplyAsync("new", project.Text("gamma = \"*\""), files),
        "old", "new");

    [Fact]
    public Task A_rollback_survives_a_stop_anywhere() => ForEveryStopAsync(
        async project =>
        {
            await project.Write("beta = \"*\"").ApplyAsync("new");
            await project.ApplyAsync("old", project.Text("gamma = \"*\""));
        },
        (project, files) =>
        {
            RollBack.Run(project.Workspace(), files, 1, closureOnly: false, force: false, CancellationToken.None);
            return Task.CompletedTask;
        },
        "old", "new");

    [Fact]
    public async Task A_lock_survives_a_stop_anywhere()
    {
        for (var (n, total) = (0, int.MaxValue); n <= total; n++)
        {
            using var project = Fresh();
            await LockAsync(project.Write("beta = \"*\""), new UnsyncedStoreFiles());
            var old = await File.ReadAllTextAsync(project.LockPath);
            project.Write("alpha = \"*\"");
            var files = new FaultyStoreFiles { StopBefore = n };
            var stopped = await Record.ExceptionAsync(() => LockAsync(project, files));
            Assert.True(stopped is null || IsTheStop(stopped), stopped?.ToString());
            total = n == 0 ? files.Count : total; // the first one is only counted
            Assert.True(n == 0 || stopped is null || await File.ReadAllTextAsync(project.LockPath) is var left && (left == old || left.Contains("alpha", StringComparison.Ordinal)), "a torn lock");

            await LockAsync(project, new UnsyncedStoreFiles());

            Assert.Contains("alpha", await File.ReadAllTextAsync(project.LockPath), StringComparison.Ordinal);
            Assert.Equal(["vpkg.lock", "vpkg.toml"], Directory.EnumerateFileSystemEntries(project.Folder).Select(Path.GetFileName).Order());
        }
    }

    [Fact]
    public Task A_collection_survives_a_stop_anywhere() => ForEveryStopAsync(
        async project =>
        {
            await project.Write("alpha = \"*\"").ApplyAsync("first");
            await project.ApplyAsync("old", project.Text("gamma = \"*\""));
        },
        (project, files) =>
        {
            Collect.Run(project.Workspace(), new CollectPolicy(null, 1, null), dryRun: false, files, CancellationToken.None);
            return Task.CompletedTask;
        },
        "old", "old");

    private static async Task LockAsync(Project project, IStoreFiles files)
    {
        using var session = ApplySession.Begin(project.Workspace(), files, CancellationToken.None);
        session.WriteLock(await session.LockAsync(new ApplyRequest { Command = "lock" }, CancellationToken.None));
    }

    private async Task ForEveryStopAsync(Func<Project, Task> prepare, Func<Project, IStoreFiles, Task> act, string? old, string @new)
    {
        var total = await CountAsync(prepare, act);
        _output.WriteLine($"{total} operations");
        Assert.InRange(total, 5, 2000);
        var failures = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(Enumerable.Range(1, total), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (n, _) =>
        {
            var files = new FaultyStoreFiles { StopBefore = n };
            try
            {
                await OneStopAsync(prepare, act, files, old, @new);
            }
            catch (Exception failed)
            {
                failures.Enqueue(new InvalidOperationException($"Stopped before {files.Log.ElementAtOrDefault(n - 1)}", failed));
            }
        });
        Assert.True(failures.IsEmpty, $"{failures.Count} of {total} stops were not survived:\n{string.Join("\n\n", failures.Take(3))}");
    }

    private async Task<int> CountAsync(Func<Project, Task> prepare, Func<Project, IStoreFiles, Task> act)
    {
        using var project = Fresh();
        await prepare(project);
        var files = new FaultyStoreFiles();
        await act(project, files);
        return files.Count;
    }

    private async Task OneStopAsync(Func<Project, Task> prepare, Func<Project, IStoreFiles, Task> act, FaultyStoreFiles files, string? old, string @new)
    {
        using var project = Fresh();
        await prepare(project);
        var stopped = await Record.ExceptionAsync(() => act(project, files));
        Assert.True(stopped is null || IsTheStop(stopped), stopped?.ToString());

        AssertIs(project, [old, @new]);
        AssertVerified(project);
        using (ApplySession.Begin(project.Workspace(), new UnsyncedStoreFiles(), CancellationToken.None))
        {
            AssertIs(project, [old, @new]);
            AssertFilesBelongToCurrent(project);
        }

        await act(project, new UnsyncedStoreFiles());
        AssertIs(project, [@new]);
        AssertFilesBelongToCurrent(project);
        AssertVerified(project);
        Assert.NotNull(NothingToDo.Check(project.Locations, project.Workspace().Profile));
        AssertNothingIsLeftOver(project);
    }

    private Project Fresh() => new(_repository, _shared.PathOf("cache"));

    private static bool IsTheStop(Exception? failure) => failure is not null
        && (failure is WorldStoppedException || IsTheStop(failure.InnerException)
            || failure is AggregateException many && many.InnerExceptions.Any(IsTheStop));

    private static void AssertIs(Project project, string?[] states)
    {
        var current = project.Current();
        Assert.Contains(current?.Command, states);
        if (current is not null)
        {
            Assert.True(Directory.Exists(Path.Combine(project.EnvironmentFolder(), "usr")), "the environment is not there");
            Assert.True(File.Exists(Path.Combine(project.CurrentFolder(), "launch")), "the launcher is not there");
        }
    }

    private static void AssertFilesBelongToCurrent(Project project)
    {
        if (project.Current() is not null)
        {
            Assert.Equal(File.ReadAllText(Path.Combine(project.CurrentFolder(), "profile")), File.ReadAllText(project.ProfilePath));
            Assert.Equal(File.ReadAllText(Path.Combine(project.CurrentFolder(), "lock")), File.ReadAllText(project.LockPath));
        }
    }

    private static void AssertVerified(Project project)
    {
        if (File.Exists(Path.Combine(project.StorePath, "format")) || project.Current() is not null)
        {
            Assert.Empty(Verify.Run(project.Workspace(), null, wholeStore: true, CancellationToken.None).Findings);
        }

        if (project.Current() is not null)
        {
            Assert.Empty(Verify.Run(project.Workspace(), null, wholeStore: false, CancellationToken.None).Findings);
        }
    }

    private static void AssertNothingIsLeftOver(Project project)
    {
        project.Time.Advance(LongTime);
        Collect.Run(project.Workspace(), new CollectPolicy(null, 1, null), dryRun: false, new UnsyncedStoreFiles(), CancellationToken.None);
        AssertVerified(project);
        using var store = new TestStore(project.Root, time: project.Time);
        Leftovers.AssertNone(store);
        using var generations = GenerationFolder.Open(project.State, store.Folder.Roots, new UnsyncedStoreFiles(), project.Time);
        var needed = generations.List().SelectMany(generation => generation.Closure).Select(path => path.Text).Distinct();
        Assert.Equal(needed.Order(), store.Folder.ListObjects().Select(path => path.Text).Order());
        foreach (var folder in new[] { project.State, Path.Combine(project.State, "generations"), project.Folder })
        {
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(folder), path =>
                Path.GetFileName(path) is var name && (name is "pending" || (name.StartsWith('.') && name != ".vpkg")));
        }
    }
}
