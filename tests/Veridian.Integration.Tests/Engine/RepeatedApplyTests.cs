using System.Text;
using Veridian.Core.Errors;
using Veridian.Engine;
using Veridian.Engine.Applying;
using Veridian.Engine.RollingBack;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>The same profile and lock give the same store paths, everywhere and every time, and mostly without doing anything.</summary>
public sealed class RepeatedApplyTests
{
    [Fact]
    public async Task A_frozen_apply_of_a_clone_gives_the_same_store_byte_for_byte()
    {
        using var original = Publish(new Project()).Write("alpha = \"*\"");
        await original.ApplyAsync();
        using var clone = new Project(original.Repository);
        File.Copy(original.ProfilePath, clone.ProfilePath);
        File.Copy(original.LockPath, clone.LockPath);
        // What the index says does not matter to a lock: there is none any more.
        Directory.Delete(Path.Combine(original.Repository.Folder, "dists"), recursive: true);

        await clone.ApplyAsync(settings: new EngineSettings { Frozen = true });

        Assert.Equal(original.CurrentNames().Order(), clone.CurrentNames().Order());
        Assert.Equal(original.Current()!.Environment, clone.Current()!.Environment);
        Assert.Equal(await File.ReadAllBytesAsync(original.LockPath), await File.ReadAllBytesAsync(clone.LockPath));
        Assert.Equal(Manifests(original), Manifests(clone));
    }

    [Fact]
    public async Task A_second_apply_does_nothing_and_needs_neither_database_nor_cache_nor_repository()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        Directory.Delete(project.Locations.Cache, recursive: true);
        Directory.Delete(project.Repository.Folder, recursive: true);
        foreach (var file in Directory.GetFiles(project.StorePath, "index.sqlite*"))
        {
            await File.WriteAllTextAsync(file, "not a database");
        }

        Assert.Equal(1, NothingToDo.Check(project.Locations, project.Workspace().Profile));
        var again = await project.ApplyAsync();

        Assert.False(again.Changed);
        Assert.Equal(1, again.Generation);
    }

    [Theory]
    [InlineData("profile")]
    [InlineData("lock")]
    [InlineData("environment")]
    [InlineData("launch")]
    public async Task Any_difference_is_something_to_do(string what)
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        switch (what)
        {
            case "profile":
                await File.AppendAllTextAsync(project.ProfilePath, "# a comment\n");
                break;
            case "lock":
                await File.AppendAllTextAsync(project.LockPath, "\n");
                break;
            case "environment":
                // Its owner may move a folder to another parent only while it is writable.
                File.SetUnixFileMode(project.EnvironmentFolder(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                Directory.Move(project.EnvironmentFolder(), project.Root.PathOf("elsewhere"));
                break;
            default:
                File.Delete(Path.Combine(project.CurrentFolder(), "launch"));
                break;
        }

        Assert.Null(NothingToDo.Check(project.Locations, project.Workspace().Profile));
    }

    [NeedsTheory(Needs.Bubblewrap)]
    [InlineData("manifests")]
    [InlineData("control")]
    public async Task A_damaged_record_of_a_package_is_named_when_the_next_environment_is_planned(string folder)
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        var record = Directory.GetFiles(Path.Combine(project.StorePath, folder)).First(file => file.Contains("-alpha-", StringComparison.Ordinal));
        TestStore.Overwrite(record, "nonsense");

        var refused = await Assert.ThrowsAsync<StoreDamagedException>(() => project.ApplyAsync(text: project.Text("alpha = \"*\"\ngamma = \"*\"")));

        Assert.Contains("alpha", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, project.Current()!.Number);
    }

    [Fact]
    public async Task A_locked_apply_refuses_a_profile_that_the_lock_does_not_fit()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        project.Write("alpha = \"*\"\ngamma = \"*\"");

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => project.ApplyAsync(settings: new EngineSettings { Locked = true }));

        Assert.Equal(ErrorCodes.LockOutdated, refused.Code);
        Assert.Equal(1, project.Current()!.Number);
    }

    [Fact]
    public async Task A_frozen_apply_without_a_lock_says_what_is_missing()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => project.ApplyAsync(settings: new EngineSettings { Frozen = true }));

        Assert.Equal(ErrorCodes.LockMissing, refused.Code);
    }

    [Fact]
    public async Task Offline_work_that_needs_the_network_is_refused_without_trying()
    {
        using var project = new Project();
        await File.WriteAllTextAsync(project.ProfilePath,
            Encoding.UTF8.GetString(project.Text("alpha = \"*\"")).Replace(project.Repository.Url, "http://127.0.0.1:9/debian", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<UnavailableException>(() => project.ApplyAsync(settings: new EngineSettings { Offline = true }));

        Assert.Equal(ErrorCodes.Offline, refused.Code);
    }

    [Fact]
    public async Task The_lock_keeps_a_version_until_it_is_told_to_move()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"\ngamma = \"*\"");
        await project.ApplyAsync();
        project.Repository.Add(TinyPackage.Program("alpha", "2.0", depends: "beta"), TinyPackage.Plain("gamma", "2.0"), TinyPackage.Plain("delta")).Publish();
        project.Repository.Date += TimeSpan.FromHours(1);
        project.Repository.Publish();

        await project.ApplyAsync(text: project.Text("alpha = \"*\"\ngamma = \"*\"\ndelta = \"*\""), settings: new EngineSettings { Refresh = true });
        Assert.Contains(project.CurrentNames(), name => name.EndsWith("-alpha-1.0", StringComparison.Ordinal));

        await project.ApplyAsync("update alpha", move: ["alpha"]);
        Assert.Contains(project.CurrentNames(), name => name.EndsWith("-alpha-2.0", StringComparison.Ordinal));
        Assert.Contains(project.CurrentNames(), name => name.EndsWith("-gamma-1.0", StringComparison.Ordinal));

        await project.ApplyAsync("update", move: []);
        Assert.Contains(project.CurrentNames(), name => name.EndsWith("-gamma-2.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_project_takes_from_the_store_what_the_first_one_put_there()
    {
        using var first = Publish(new Project()).Write("alpha = \"*\"");
        await first.ApplyAsync();
        using var second = new Project(first.Repository, beside: first.Root, name: "second");

        var plan = await second.Write("alpha = \"*\"").PlanAsync();

        Assert.Empty(plan.Missing);
        Assert.Equal(0, plan.Download.Bytes);
        Assert.Equal(first.CurrentNames().Order(), plan.Selection.Packages.Select(package => package.Store!.Text).Order());
    }

    [Fact]
    public async Task A_rollback_gives_profile_and_lock_back_and_refuses_to_lose_edits()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        var (profile, lockFile) = (await File.ReadAllTextAsync(project.ProfilePath), await File.ReadAllTextAsync(project.LockPath));
        await project.InstallAsync("gamma");
        await File.AppendAllTextAsync(project.ProfilePath, "# an edit\n");

        var refused = Assert.Throws<InvalidInputException>(() => RollBack.Run(project.Workspace(), null, closureOnly: false, force: false, CancellationToken.None));
        Assert.Equal(ErrorCodes.UncommittedEdits, refused.Code);
        Assert.Equal(2, project.Current()!.Number);

        RollBack.Run(project.Workspace(), null, closureOnly: false, force: true, CancellationToken.None);
        Assert.Equal(1, project.Current()!.Number);
        Assert.Equal(profile, await File.ReadAllTextAsync(project.ProfilePath));
        Assert.Equal(lockFile, await File.ReadAllTextAsync(project.LockPath));
        Assert.Contains(Directory.GetFiles(project.Folder), path => Path.GetFileName(path).StartsWith("vpkg.toml.", StringComparison.Ordinal)
            && File.ReadAllText(path).Contains("# an edit", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rollback_of_the_closure_alone_leaves_the_files_of_the_project()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        await project.InstallAsync("gamma");
        var profile = await File.ReadAllTextAsync(project.ProfilePath);

        RollBack.Run(project.Workspace(), 1, closureOnly: true, force: false, CancellationToken.None);

        Assert.Equal(1, project.Current()!.Number);
        Assert.Equal(profile, await File.ReadAllTextAsync(project.ProfilePath));
    }

    [Fact]
    public async Task One_broken_package_of_the_index_spoils_no_solve()
    {
        using var project = Publish(new Project());
        project.Repository.RawParagraphs = "Package: broken\nVersion: 1\nDepends: ((((\n\nPackage: half\n\n";
        project.Repository.Publish();

        var outcome = await project.Write("alpha = \"*\"").ApplyAsync();

        Assert.True(outcome.Changed);
    }

    [Fact]
    public async Task The_named_environments_of_a_profile_have_generations_of_their_own()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"", "[environment.extra.packages]\ngamma = \"*\"\n");
        await project.ApplyAsync();
        project.EnvironmentName = "extra";
        Assert.Null(NothingToDo.Check(project.Locations, project.Workspace().Profile));
        Assert.False((await project.PlanAsync()).NothingToDo);

        await project.ApplyAsync();

        Assert.Contains(project.CurrentNames(), name => name.Contains("-gamma-", StringComparison.Ordinal));
        Assert.NotNull(NothingToDo.Check(project.Locations, project.Workspace().Profile));
        project.EnvironmentName = "default";
        Assert.DoesNotContain(project.CurrentNames(), name => name.Contains("-gamma-", StringComparison.Ordinal));
        await project.ApplyAsync();
        Assert.NotNull(NothingToDo.Check(project.Locations, project.Workspace().Profile));
        Assert.DoesNotContain(project.CurrentNames(), name => name.Contains("-gamma-", StringComparison.Ordinal));
    }

    private static string[] Manifests(Project project) =>
        [.. Directory.GetFiles(Path.Combine(project.StorePath, "manifests")).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")];

    private static Project Publish(Project project)
    {
        project.Repository.Add(TinyPackage.Program("alpha", depends: "beta"), TinyPackage.Plain("beta"), TinyPackage.Plain("gamma")).Publish();
        return project;
    }
}
