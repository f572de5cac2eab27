using Veridian.Engine.Maintaining;
using Veridian.Engine.RollingBack;
using Veridian.Testing;
using Xunit.Abstractions;

namespace Veridian.Integration.Tests.Engine;

/// <summary>What people, disks and bad luck do to a store is found, all of it, and mended.</summary>
public sealed class RepairTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261120;
    private readonly Project _project = new();

    public void Dispose() => _project.Dispose();

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_thousand_random_mutations_are_all_found_and_all_mended()
    {
        output.WriteLine($"seed {Seed}");
        await ApplyAsync();
        var mutated = Mutations.Make(new Random(Seed), _project.StorePath, 1000);

        var found = Verify.Run(_project.Workspace(), null, wholeStore: true, CancellationToken.None)
            .Findings.Select(finding => $"{finding.Owner}/{finding.Path}").ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(mutated, path => !found.Contains(path));

        var outcome = await Repair.RunAsync(_project.Workspace(), CancellationToken.None);
        Assert.Empty(outcome.Remaining);
        Assert.Empty(outcome.Problems);
        Assert.Empty(Verify.Run(_project.Workspace(), null, wholeStore: true, CancellationToken.None).Findings);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Generations_work_after_a_repair_and_the_second_one_finds_nothing()
    {
        await ApplyAsync();
        await _project.ApplyAsync("second", _project.Text("beta = \"*\""));
        Mutations.Make(new Random(Seed), _project.StorePath, 50);

        await Repair.RunAsync(_project.Workspace(), CancellationToken.None);

        Assert.Equal(0, (await Repair.RunAsync(_project.Workspace(), CancellationToken.None)).Found);
        Assert.Equal(1, RollBack.Run(_project.Workspace(), 1, closureOnly: false, force: false, CancellationToken.None));
        Assert.Equal("alpha file 7\n", await File.ReadAllTextAsync(Path.Combine(_project.EnvironmentFolder(), "usr/share/alpha/d7/f7")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Without_its_archive_a_lost_content_stays_a_finding_and_says_why()
    {
        await ApplyAsync();
        var file = Directory.GetFiles(Path.Combine(_project.StorePath, "objects"), "f7", SearchOption.AllDirectories).First(path => path.Contains("alpha", StringComparison.Ordinal));
        Mutations.Overwrite(file);
        Directory.Delete(_project.Locations.Cache, recursive: true);
        Directory.Delete(_project.Repository.Folder, recursive: true);

        var outcome = await Repair.RunAsync(_project.Workspace(), CancellationToken.None);

        Assert.NotEmpty(outcome.Remaining);
        Assert.Contains("could not be fetched again", Assert.Single(outcome.Problems), StringComparison.Ordinal);
    }

    private async Task ApplyAsync()
    {
        var (alpha, beta) = (TinyPackage.Program("alpha", depends: "beta"), TinyPackage.Program("beta"));
        for (var i = 0; i < 600; i++)
        {
            alpha.File($"usr/share/alpha/d{i % 20}/f{i}", $"alpha file {i}\n");
            beta.File($"usr/share/beta/d{i % 20}/f{i}", $"beta file {i}\n");
        }

        _project.Repository.Add(alpha, beta).Publish();
        await _project.Write("alpha = \"*\"").ApplyAsync();
    }
}
