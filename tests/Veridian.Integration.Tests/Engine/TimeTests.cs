using Veridian.Core.Errors;
using Veridian.Engine;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary><c>spec/solving.md</c> S-24 and S-25: versions that must have been known for some time, and the repositories as they were.</summary>
public sealed class TimeTests
{
    [Fact]
    public async Task A_version_is_taken_when_this_machine_has_known_it_for_long_enough()
    {
        using var project = Publish(new Project(), "1.0").Write("alpha = \"*\"", Age("7d"));
        project.Time.Advance(TimeSpan.FromDays(10));
        Assert.Equal("1.0", await VersionAsync(project));
        project.Repository.Date = project.Time.GetUtcNow();
        Publish(project, "2.0");

        Assert.Equal("1.0", await VersionAsync(project, refresh: true));
        project.Time.Advance(TimeSpan.FromDays(6));
        Assert.Equal("1.0", await VersionAsync(project, refresh: true));
        project.Time.Advance(TimeSpan.FromDays(2));

        // The repository has been published again since; its versions are no younger for that, and no cache is needed to know it.
        project.Repository.Date = project.Time.GetUtcNow();
        project.Repository.Add(TinyPackage.Plain("beta")).Publish();
        Directory.Delete(project.Locations.Cache, recursive: true);
        Assert.Equal("2.0", await VersionAsync(project, refresh: true));
    }

    [Fact]
    public async Task What_is_too_young_is_named_with_the_age_that_would_do_and_a_repository_can_be_freed()
    {
        using var project = Publish(new Project(), "1.0").Write("alpha = \"*\"", Age("7d"));

        var refused = await Assert.ThrowsAsync<UnsolvableException>(() => VersionAsync(project));
        project.Write("alpha = \"*\"", Age("24h"));
        var allowed = await VersionAsync(project);
        var freed = project.Repository.ProfileTable.Replace("name = \"local\"", "name = \"local\"\nmin-age = \"0d\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(project.ProfilePath, $"{freed}\n[packages]\nalpha = \"*\"\n{Age("7d")}");

        Assert.Contains("alpha 1.0 is too young (known since ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("min-age = \"7d\" in ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("lower min-age to \"24h\"", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1.0", allowed);
        Assert.Equal("1.0", await VersionAsync(project));
    }

    [Fact]
    public async Task As_of_a_time_solves_with_what_the_repository_had_then_and_the_lock_can_be_realised_without_it()
    {
        using var project = Publish(new Project(), "1.0");
        var then = project.Time.GetUtcNow().AddHours(-12);
        var snapshots = project.Root.PathOf("snapshots");
        CopyFolder(project.Repository.Folder, Path.Combine(snapshots, then.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'")));
        project.Repository.Remove("alpha");
        project.Repository.Date = project.Time.GetUtcNow();
        Publish(project, "2.0");
        var table = project.Repository.ProfileTable.Replace("name = \"local\"", $"name = \"local\"\nsnapshot = \"file://{snapshots}/{{time}}\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(project.ProfilePath, $"{table}\n[packages]\nalpha = \"*\"\n");

        Assert.Equal("2.0", await VersionAsync(project));
        var outcome = await project.ApplyAsync("lock", settings: new EngineSettings { AsOf = then });
        Assert.True(outcome.Changed);

        Assert.Contains(project.CurrentNames(), name => name.EndsWith("alpha-1.0", StringComparison.Ordinal));
        Assert.Contains($"snapshots/{then.UtcDateTime:yyyyMMdd}", await File.ReadAllTextAsync(project.LockPath), StringComparison.Ordinal);
        using var clone = new Project(project.Repository);
        File.Copy(project.ProfilePath, clone.ProfilePath);
        File.Copy(project.LockPath, clone.LockPath);
        await clone.ApplyAsync();
        Assert.Equal(project.CurrentNames(), clone.CurrentNames());
        Assert.Equal("2.0", await VersionAsync(project, move: true));
    }

    [Fact]
    public async Task A_repository_that_does_not_keep_that_state_says_so_and_from_when_on_it_can_be_had()
    {
        using var project = Publish(new Project(), "1.0").Write("alpha = \"*\"");
        var date = project.Repository.Date;

        var refused = await Assert.ThrowsAsync<UnavailableException>(() => VersionAsync(project, asOf: date.AddDays(-1)));

        Assert.Equal(ErrorCodes.TimeNotKept, refused.Code);
        Assert.Contains($"{date:yyyy-MM-dd}", refused.Message, StringComparison.Ordinal);
        Assert.Equal("1.0", await VersionAsync(project, asOf: date.AddHours(1)));
        Assert.Equal(ErrorCodes.Usage, (await Assert.ThrowsAsync<InvalidInputException>(() => VersionAsync(project, asOf: project.Time.GetUtcNow().AddDays(1)))).Code);
    }

    [Fact]
    public async Task What_was_fetched_before_the_time_asked_for_does_not_tell_of_it()
    {
        using var project = Publish(new Project(), "1.0").Write("alpha = \"*\"");
        Assert.Equal("1.0", await VersionAsync(project));
        project.Time.Advance(TimeSpan.FromMinutes(30));
        project.Repository.Date = project.Time.GetUtcNow();
        Publish(project, "2.0");
        project.Time.Advance(TimeSpan.FromMinutes(2));

        // Within the hour for which the cached lists would do.
        Assert.Equal("2.0", await VersionAsync(project, asOf: project.Time.GetUtcNow().AddMinutes(-1), move: true));
    }

    private static string Age(string age) => $"[profile]\nmin-age = \"{age}\"\n";

    private static Project Publish(Project project, string version)
    {
        project.Repository.Add(TinyPackage.Plain("alpha", version)).Publish();
        return project;
    }

    private static async Task<string> VersionAsync(Project project, bool refresh = false, DateTimeOffset? asOf = null, bool move = false)
    {
        if (move)
        {
            File.Delete(project.LockPath);
        }

        var plan = await project.PlanAsync(new EngineSettings { Refresh = refresh, AsOf = asOf });
        return plan.Selection.Packages.Single(package => package.Name == "alpha").Version;
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
