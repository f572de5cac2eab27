using Veridian.Core.Errors;
using Veridian.Engine;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>Bad input of every kind: its own error id, a message that names the thing, and nothing lost.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task An_unknown_package_is_named_with_its_neighbour()
    {
        var refused = await RefusedAsync<UnsolvableException>(project => project.Write("alhpa = \"*\""), ErrorCodes.NoMatchingPackage);

        Assert.Contains("'alhpa'", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith("vpkg.toml", refused.Place!.File, StringComparison.Ordinal);
        Assert.Contains("alpha", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_answered_with_those_that_are()
    {
        var refused = await RefusedAsync<UnsolvableException>(project => project.Write("alpha = \">=7\""), ErrorCodes.NoMatchingVersion);

        Assert.Contains("'>=7'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1.0", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unsatisfiable_profile_is_answered_with_a_tree_of_reasons()
    {
        var refused = await RefusedAsync<UnsolvableException>(project =>
        {
            project.Repository.Add(TinyPackage.Plain("needy", depends: "beta (>= 2)")).Publish();
            project.Write("alpha = \"*\"\nneedy = \"*\"");
        }, ErrorCodes.Unsolvable);

        Assert.Contains("needy", refused.Message, StringComparison.Ordinal);
        Assert.Contains("beta (>= 2)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("└─", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_that_conflict_are_both_named()
    {
        var refused = await RefusedAsync<UnsolvableException>(project =>
        {
            project.Repository.Add(TinyPackage.Plain("foe").Field("Conflicts", "alpha")).Publish();
            project.Write("alpha = \"*\"\nfoe = \"*\"");
        }, ErrorCodes.Unsolvable);

        Assert.Contains("foe", refused.Message, StringComparison.Ordinal);
        Assert.Contains("alpha", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_differ_from_the_index_are_refused()
    {
        var refused = await RefusedAsync<UntrustedException>(project => project.Repository.Damage("alpha", Flip, described: false), ErrorCodes.DigestMismatch);

        Assert.Contains("alpha", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_truncated_archive_is_refused() => RefusedAsync<VeridianException>(
        project => project.Repository.Damage("alpha", bytes => bytes[..^40], described: false), ErrorCodes.SizeMismatch, ErrorCodes.PackageGone, ErrorCodes.DownloadFailed);

    [Fact]
    public Task An_endless_archive_is_refused() => RefusedAsync<VeridianException>(
        project => project.Repository.Damage("alpha", bytes => [.. bytes, .. new byte[100_000]], described: false), ErrorCodes.SizeMismatch);

    [Fact]
    public async Task An_archive_that_is_broken_although_signed_for_is_refused_by_name()
    {
        var refused = await RefusedAsync<UntrustedException>(project =>
        {
            project.Repository.Damage("alpha", bytes => bytes[..(bytes.Length / 2)], described: true);
            project.Repository.Publish();
        }, ErrorCodes.ArchiveRefused);

        Assert.Contains("alpha 1.0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_that_no_mirror_has_any_more_says_how_to_go_on()
    {
        var refused = await RefusedAsync<UnavailableException>(project => File.Delete(project.Repository.ArchiveOf("alpha")), ErrorCodes.PackageGone);

        Assert.Contains("alpha 1.0", refused.Message, StringComparison.Ordinal);
        Assert.Contains("vpkg update alpha", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_clock_in_the_past_is_noticed() => RefusedAsync<UntrustedException>(
        project => project.Time.Advance(TimeSpan.FromDays(-30)), ErrorCodes.ClockWrong);

    [Fact]
    public Task Expired_metadata_is_refused() => RefusedAsync<UntrustedException>(project =>
    {
        project.Repository.ValidUntil = project.Time.GetUtcNow().AddHours(-1);
        project.Repository.Publish();
    }, ErrorCodes.MetadataExpired);

    [Fact]
    public Task Old_metadata_that_names_no_end_is_refused_after_400_days() => RefusedAsync<UntrustedException>(
        project => project.Time.Advance(TimeSpan.FromDays(401)), ErrorCodes.MetadataExpired);

    [Fact]
    public async Task Metadata_never_goes_back()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        project.Repository.Date -= TimeSpan.FromDays(3);
        project.Repository.Publish();

        var refused = await Assert.ThrowsAsync<UntrustedException>(() => project.ApplyAsync("update", move: []));

        Assert.Equal(ErrorCodes.MetadataRolledBack, refused.Code);
        Assert.Equal(1, project.Current()!.Number);
    }

    [Fact]
    public Task A_repository_without_a_key_is_refused() => RefusedAsync<UntrustedException>(
        project => Change(project, "trust = \"unsigned\"\n", ""), ErrorCodes.RepositoryUntrusted);

    [Fact]
    public async Task An_unsigned_repository_is_spoken_of_on_every_sync()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");

        await project.ApplyAsync();

        Assert.Contains(project.Heard.Events.OfType<Veridian.Engine.Progress.EngineEvent.Warning>(), warning => warning.Text.Contains("'local' is unsigned", StringComparison.Ordinal));
    }

    [Fact]
    public Task A_lock_with_conflict_markers_is_recognised() => RefusedAsync<InvalidInputException>(
        project => File.WriteAllText(project.LockPath, "<<<<<<< HEAD\nversion = 1\n=======\nversion = 1\n>>>>>>> other\n"), ErrorCodes.LockConflictMarkers);

    [Fact]
    public Task A_lock_that_is_no_lock_is_refused() => RefusedAsync<InvalidInputException>(
        project => File.WriteAllText(project.LockPath, "something else\n"), ErrorCodes.LockSyntax, ErrorCodes.TomlSyntax);

    [Theory]
    [InlineData("[packages\nalpha = \"*\"\n", "VS1001", "vpkg.toml:1:")]
    [InlineData("[packages]\nalpha = \"*\"\nbeta = 3\n", "VS1003", "vpkg.toml:3:")]
    [InlineData("[profile]\nconfirmm = true\n", "VS1002", "vpkg.toml:2:")]
    [InlineData("[packages]\nalpha = \">= banana !\"\n", "VS1007", "vpkg.toml:2:")]
    [InlineData("include = [\"other.toml\"]\n", "VS1005", "")]
    [InlineData("[env]\nA = \"${B}\"\n", "VS1019", "vpkg.toml:2:")]
    public async Task A_wrong_profile_is_shown_with_its_place(string text, string code, string place)
    {
        using var project = new Project();
        await File.WriteAllTextAsync(project.ProfilePath, text);

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => project.ApplyAsync());

        Assert.Equal(code, refused.Code.Id);
        Assert.StartsWith(place, refused.Place?.ToString() ?? "", StringComparison.Ordinal);
        Assert.NotEmpty(refused.Hint);
    }

    [Fact]
    public async Task A_missing_profile_says_how_to_begin()
    {
        using var project = new Project();

        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => project.ApplyAsync());

        Assert.Equal(ErrorCodes.ProfileMissing, refused.Code);
        Assert.Contains("vpkg init", refused.Hint, StringComparison.Ordinal);
    }

    /// <summary>Breaks something, expects an error, repairs it, and expects a first generation: nothing was lost.</summary>
    private static async Task<T> RefusedAsync<T>(Action<Project> breakSomething, params ErrorCode[] codes)
        where T : VeridianException
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        breakSomething(project);

        var refused = await Assert.ThrowsAnyAsync<T>(() => project.ApplyAsync());

        Assert.Contains(refused.Code, codes);
        Assert.NotEmpty(refused.Hint);
        Assert.Null(project.Current());
        Assert.DoesNotContain(Directory.GetFileSystemEntries(Path.Combine(project.StorePath, "objects")), path => path.Contains("-alpha-", StringComparison.Ordinal));
        await RepairedAsync(project);
        return refused;
    }

    private static async Task RepairedAsync(Project project)
    {
        project.Time.Advance(TimeProvider.System.GetUtcNow() - project.Time.GetUtcNow());
        Directory.Delete(project.Repository.Folder, recursive: true);
        File.Delete(project.LockPath);
        using var fresh = new Project(beside: project.Root, name: "project");
        Publish(fresh).Write("alpha = \"*\"");
        Assert.Equal(1, (await fresh.ApplyAsync(settings: new EngineSettings { Refresh = true })).Generation);
    }

    private static void Change(Project project, string old, string @new) =>
        File.WriteAllText(project.ProfilePath, File.ReadAllText(project.ProfilePath).Replace(old, @new, StringComparison.Ordinal));

    private static byte[] Flip(byte[] bytes)
    {
        var changed = bytes.ToArray();
        changed[^20] ^= 1;
        return changed;
    }

    private static Project Publish(Project project)
    {
        project.Repository.Add(TinyPackage.Program("alpha", depends: "beta"), TinyPackage.Plain("beta")).Publish();
        return project;
    }
}
