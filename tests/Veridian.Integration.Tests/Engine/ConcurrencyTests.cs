using Veridian.Engine.Applying;
using Veridian.Engine.Maintaining;
using Veridian.Store;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>Several commands at once: one profile's wait for each other, different profiles' do not, and gc takes nothing from anybody.</summary>
public sealed class ConcurrencyTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public async Task Installs_into_one_profile_at_once_all_end_up_in_it()
    {
        using var project = Publish(new Project()).Write("");

        await Task.WhenAll(Names.Select(name => Task.Run(() => project.InstallAsync(name + "0"))));

        var profile = await File.ReadAllTextAsync(project.ProfilePath);
        Assert.All(Names, name => Assert.Contains($"{name}0 = ", profile, StringComparison.Ordinal));
        Assert.Equal(Names.Length, project.Current()!.Number);
        Assert.Equal(Names.Length, project.CurrentNames().Count());
        Assert.NotNull(NothingToDo.Check(project.Locations, project.Workspace().Profile));
    }

    [Fact]
    public async Task Different_profiles_are_applied_at_once()
    {
        using var first = Publish(new Project());
        using var held = ApplySession.Begin(first.Write("a0 = \"*\"").Workspace(), CancellationToken.None);
        using var second = new Project(first.Repository, beside: first.Root, name: "second");

        // Would wait for ever if it minded the first project's session.
        var outcome = await second.Write("a0 = \"*\"\nb0 = \"*\"").ApplyAsync();

        Assert.Equal(1, outcome.Generation);
        Assert.Equal(second.StorePath, first.StorePath);
    }

    [Fact]
    public async Task Many_profiles_and_a_gc_share_one_store()
    {
        using var root = Publish(new Project());
        var projects = Names.Select(name => new Project(root.Repository, beside: root.Root, name: name)).ToArray();
        using var done = new CancellationTokenSource();
        // A thread of its own: one of the pool's few that never ends starves the applies of them.
        var collecting = Task.Factory.StartNew(
            () =>
            {
                while (!done.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5)))
                {
                    Collect.Run(root.Workspace(), new CollectPolicy(null, null, null), dryRun: false, new UnsyncedStoreFiles(), CancellationToken.None);
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        try
        {
            await Task.WhenAll(projects.Select(project => Task.Run(async () =>
            {
                for (var round = 0; round < 4; round++)
                {
                    var name = Path.GetFileName(project.Folder);
                    await project.Write($"{name}{round} = \"*\"\nshared = \"*\"").ApplyAsync();
                }
            })));
        }
        finally
        {
            await done.CancelAsync();
            await collecting;
        }

        Assert.Empty(Verify.Run(root.Workspace(), null, wholeStore: true, CancellationToken.None).Findings);
        Assert.All(projects, project =>
        {
            Assert.Equal(4, project.Current()!.Number);
            Assert.Empty(Verify.Run(project.Workspace(), null, wholeStore: false, CancellationToken.None).Findings);
        });
    }

    [Fact]
    public void Waiting_for_another_command_says_so_and_can_be_given_up()
    {
        using var project = new Project().Write("");
        using var held = ApplySession.Begin(project.Workspace(), CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.ThrowsAny<OperationCanceledException>(() => ApplySession.Begin(project.Workspace(), patience.Token));

        Assert.Contains(project.Heard.Steps, step => step.Contains("another command", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_store_that_many_commands_find_missing_is_made_once()
    {
        for (var round = 0; round < 10; round++)
        {
            using var project = new Project();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
                StoreFolder.OpenOrCreate(project.StorePath, new UnsyncedStoreFiles(), project.Time).Dispose())));
        }
    }

    private static Project Publish(Project project)
    {
        project.Repository.Add(Names.SelectMany(name => Enumerable.Range(0, 4).Select(n => TinyPackage.Plain($"{name}{n}")))).Add(TinyPackage.Plain("shared")).Publish();
        return project;
    }
}
