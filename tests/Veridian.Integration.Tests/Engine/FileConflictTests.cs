using Veridian.Core.Errors;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>Two packages with one path: both are named, nothing is published, and the profile or <c>Replaces</c> settles it.</summary>
public sealed class FileConflictTests
{
    private const string Both = "left = \"*\"\nright = \"*\"";

    [Fact]
    public async Task A_conflict_names_the_path_and_both_owners_and_publishes_nothing()
    {
        using var project = Publish(new Project()).Write(Both);

        var conflict = await Assert.ThrowsAsync<InvalidInputException>(() => project.ApplyAsync());

        Assert.Equal(ErrorCodes.FileConflict, conflict.Code);
        Assert.Contains("/usr/share/same", conflict.Message, StringComparison.Ordinal);
        Assert.Contains("left 1.0", conflict.Message, StringComparison.Ordinal);
        Assert.Contains("right 1.0", conflict.Message, StringComparison.Ordinal);
        Assert.Null(project.Current());
        Assert.False(File.Exists(project.LockPath));
    }

    [Theory]
    [InlineData("priority = { right = 1 }", "right", null)]
    [InlineData("priority = { left = 1 }", "left", null)]
    [InlineData("hide = { \"usr/share/same\" = \"left\" }", "right", null)]
    [InlineData("rename = { \"left:usr/share/same\" = \"usr/share/other\" }", "right", "left")]
    public async Task The_profile_settles_it(string rule, string winner, string? renamed)
    {
        using var project = Publish(new Project()).Write(Both, $"[files]\n{rule}\n");

        await project.ApplyAsync();

        Assert.Equal($"of {winner}\n", await File.ReadAllTextAsync(Path.Combine(project.EnvironmentFolder(), "usr/share/same")));
        var other = Path.Combine(project.EnvironmentFolder(), "usr/share/other");
        Assert.Equal(renamed is null ? null : $"of {renamed}\n", File.Exists(other) ? await File.ReadAllTextAsync(other) : null);
    }

    [Fact]
    public async Task A_package_that_replaces_the_other_takes_the_file_over()
    {
        using var project = new Project();
        project.Repository.Add(Package("left"), Package("right").Field("Replaces", "left (<< 2)")).Publish();

        await project.Write(Both).ApplyAsync();

        Assert.Equal("of right\n", await File.ReadAllTextAsync(Path.Combine(project.EnvironmentFolder(), "usr/share/same")));
    }

    [Fact]
    public async Task Equal_files_are_no_conflict()
    {
        using var project = new Project();
        project.Repository.Add(TinyPackage.Plain("left").File("usr/share/same", "one\n"), TinyPackage.Plain("right").File("usr/share/same", "one\n")).Publish();

        Assert.True((await project.Write(Both).ApplyAsync()).Changed);
    }

    private static Project Publish(Project project)
    {
        project.Repository.Add(Package("left"), Package("right")).Publish();
        return project;
    }

    private static TinyPackage Package(string name) => TinyPackage.Plain(name).File("usr/share/same", $"of {name}\n");
}
