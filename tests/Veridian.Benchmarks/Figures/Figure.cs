using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>One line of the table: our work against something to measure it by.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Work">What is done, for people.</param>
/// <param name="Bar">The largest ratio of wall times that is good enough.</param>
/// <param name="Prepare">Makes the inputs; throws <see cref="SkippedException"/> where this machine lacks something.</param>
internal sealed record Figure(string Name, string Work, double Bar, Func<Workbench, Contest> Prepare)
{
    private const long OrdinaryMemory = 300_000_000;
    private const long MemoryWithUniverse = 512_000_000; // the universe, and what makes it, are in the same process

    /// <summary>What our side may not exceed, in bytes.</summary>
    public long MemoryBar { get; init; } = OrdinaryMemory;

    /// <summary>All there are, in the order of the report.</summary>
    public static IReadOnlyList<Figure> All { get; } =
    [
        new("unpack", "unpack, verify and register three packages, durably", 1.2, Unpack.Prepare),
        new("store-add", "add a folder to a fresh store", 0.8, StoreAdd.Prepare),
        new("verify-object", "verify an object of 580 MB", 0.5, StoreUpkeep.Verify),
        new("gc-mark", "find 10,000 dead objects", 0.5, StoreUpkeep.Mark),
        new("gc-delete", "delete 5,000 objects", 0.8, StoreUpkeep.Delete),
        new("env-add", "add one package to an environment of 600", 0.3, EnvironmentAdd.Prepare),
        new("apply-noop", "apply with nothing to do, 600 packages", 3, ProcessStarts.NothingToDo),
        new("rollback", "go back one generation, 600 packages", 2.5, ProcessStarts.Rollback),
        new("launcher", "start jq from its environment", 1.3, Launcher.Prepare),
        new("environment-tree", "write an environment of 470 packages", 1.5, EnvironmentWork.Tree),
        new("environment-activation", "all that scripts do for it, for the first time", 0.5, EnvironmentWork.Activation),
        new("environment-whole", "write it with all that scripts do, for the first time", 0.5, EnvironmentWork.Whole),
        new("environment-leaf", "add one package to it", 0.05, EnvironmentWork.Leaf),
        new("environment-start", "start gcc from it", 1.3, EnvironmentWork.Start),
        new("environment-compile", "compile 2,000 files in it", 1.05, EnvironmentWork.Compile),
        new("solve-cold", "select and lock task-gnome-desktop without a lock", 0.35, SolveCold.Prepare) { MemoryBar = 80_000_000 },
        new("solve-10k", "select and lock about 10,000 packages without a lock", 0.5, SolveCold.PrepareLarge),
        new("solve-hot", "solve ordinary requests in a warm process", 1, SolveHot.Ordinary),
        new("solve-hot-bare", "the same, without the time libsolv needs to look up who provides what", 2, SolveHot.OrdinaryBare),
        new("solve-mixed", "solve requests that need Z3 in a warm process, four suites at once", 2, SolveHot.Mixed) { MemoryBar = MemoryWithUniverse },
        new("solve-synthetic", "solve requests that need Z3 in a warm process, ten versions of each of 10,000 names", 2, SolveHot.Synthetic) { MemoryBar = MemoryWithUniverse },
        new("solve-many-mixed", "1,000 names over four suites: an optimum, or the best found and a bound", 1.2, SolveMany.Mixed) { MemoryBar = MemoryWithUniverse },
        new("solve-many-synthetic", "5,000 names of the made-up universe: an optimum, or the best found and a bound", 1.2, SolveMany.Synthetic) { MemoryBar = MemoryWithUniverse },
        new("solve-why", "explain an unsolvable request, with fixes that were tried", 5, SolveWhy.Prepare),
        new("solve-aspcud", "the same proved optimum as aspcud, whole process", 1, SolveAspcud.Prepare),
        new("index-build", "make the index of a distribution (processor time)", 1, IndexBuild.Debian),
        new("index-million", "make the index of 1,000,000 versions (processor time)", 1, IndexBuild.Million) { MemoryBar = 1_000_000_000 },
    ];
}

/// <summary>The two sides, ready to run.</summary>
/// <param name="Ours">What is judged.</param>
/// <param name="Theirs">What it is judged by.</param>
/// <param name="Facts">What the inputs are.</param>
internal sealed record Contest(Trial Ours, Trial Theirs, string Facts);
