using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>Commands that should cost little more than their start, against a .NET program that does nothing.</summary>
internal static class ProcessStarts
{
    private const int Runs = 20;

    public static Contest NothingToDo(Workbench bench)
    {
        var project = bench.Large;
        return new Contest(
            new Trial("vpkg apply", project.Vpkg("apply")) { Reset = project.AtSecondGeneration, Runs = Runs },
            Empty(bench),
            project.Describe());
    }

    public static Contest Rollback(Workbench bench)
    {
        var project = bench.Large;
        var (back, forth) = (project.Vpkg("rollback", "1"), project.Vpkg("rollback", "2"));
        return new Contest(
            new Trial("vpkg rollback", run => run % 2 == 0 ? back : forth) { Reset = project.AtSecondGeneration, Runs = Runs },
            Empty(bench),
            project.Describe());
    }

    private static Trial Empty(Workbench bench) => new("an empty .NET process", bench.EmptyProcess()) { Runs = Runs };
}
