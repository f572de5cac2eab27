using Veridian.Core.Errors;
using Veridian.Solver;
using Veridian.Solver.Replaying;
using Veridian.Testing;
using Veridian.Testing.Solving;

namespace Veridian.Integration.Tests.Engine;

/// <summary><c>spec/solving.md</c> S-22 and S-23, from the profile to the solver and back.</summary>
public sealed class SolverReportTests
{
    [Fact]
    public async Task A_wrong_answer_changes_nothing_and_its_request_is_saved_where_the_error_says()
    {
        using var project = Publish(new Project()).Write("z = \"*\"");
        await project.PlanAsync();
        foreach (var index in Directory.GetFiles(Path.Combine(project.Locations.Cache, "index"), "*.index"))
        {
            await File.WriteAllBytesAsync(index, FalsifiedIndex.WithoutHits(await File.ReadAllBytesAsync(index)));
        }

        project.Write("x = \"*\"\ny = \"*\"");
        var wrong = await Assert.ThrowsAsync<VeridianBugException>(() => project.PlanAsync());
        await Assert.ThrowsAsync<VeridianBugException>(() => project.PlanAsync());

        var saved = Assert.Single(Directory.GetFiles(Path.Combine(project.Locations.State, "reports")));
        Assert.Equal(ErrorCodes.AnswerCheckFailed, wrong.Code);
        Assert.Contains("a 1 conflicts with b 1", wrong.Message, StringComparison.Ordinal);
        Assert.Contains(saved, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(saved, wrong.Hint, StringComparison.Ordinal);
        Assert.False(File.Exists(project.LockPath));
        var (request, again) = SavedRequest.TryRead(await File.ReadAllBytesAsync(saved)) ?? default;
        using (again)
        {
            Assert.Equal(["x", "y"], request.Requirements.Select(asked => asked.Relation.Name));
            Assert.Throws<VeridianBugException>(() => PackageSolver.Solve(again, request, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_feature_is_a_requirement_of_its_own()
    {
        using var project = new Project();
        project.Repository.Add(TinyPackage.Plain("tool"), TinyPackage.Plain("tool-colour").Field("Provides", "tool[colour]").Field("Depends", "tool")).Publish();

        var without = await project.Write("tool = \"*\"").PlanAsync();
        var with = await project.Write("tool = { version = \"*\", features = [\"colour\"] }").PlanAsync();
        project.Write("tool = { version = \"*\", features = [\"color\"] }");
        var unknown = await Assert.ThrowsAsync<UnsolvableException>(() => project.PlanAsync());
        var optional = await project.Write("tool = { version = \"*\", features = [\"color\"], optional = true }").PlanAsync();

        Assert.Equal(["tool"], without.Selection.Packages.Select(package => package.Name));
        Assert.Equal(["tool", "tool-colour"], with.Selection.Packages.Select(package => package.Name));
        Assert.Contains("tool[color]", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("tool[colour]", unknown.Hint, StringComparison.Ordinal);
        Assert.Equal(["tool"], optional.Selection.Packages.Select(package => package.Name));
    }

    private static Project Publish(Project project)
    {
        foreach (var (name, depends, conflicts) in FalsifiedIndex.Packages)
        {
            var package = TinyPackage.Plain(name, "1", depends.Length > 0 ? depends : null);
            project.Repository.Add(conflicts.Length > 0 ? package.Field("Conflicts", conflicts) : package);
        }

        project.Repository.Publish();
        return project;
    }
}
