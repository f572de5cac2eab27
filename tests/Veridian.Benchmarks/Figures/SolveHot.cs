using System.Globalization;
using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;
using Veridian.Benchmarks.Solving;
using Veridian.Solver;
using Veridian.Testing;
using Veridian.Testing.Solving;

namespace Veridian.Benchmarks.Figures;

/// <summary>Single solves in warm processes against libsolv, on the same lists without weak dependencies; geometric means over the requests.</summary>
internal static class SolveHot
{
    private const int Rounds = 9;
    private const int Requests = 8;
    private static readonly string[] Plain =
    [
        "vim", "gimp", "task-gnome-desktop", "texlive-full", "nginx postgresql python3-django libreoffice", "git curl jq", "python3 python3-numpy",
        "gcc make cmake gdb", "libreoffice gimp inkscape vlc", "apache2 mariadb-server php",
    ];

    public static Contest Ordinary(Workbench bench) => Prepare(bench, "one-suite", BareUniverse.Of(bench, "one-suite", bench.Apt.Files), Plain, withLookup: true);

    public static Contest OrdinaryBare(Workbench bench) => Prepare(bench, "one-suite", BareUniverse.Of(bench, "one-suite", bench.Apt.Files), Plain, withLookup: false);

    public static Contest Mixed(Workbench bench)
    {
        var files = BareUniverse.Of(bench, "mixed", AptState.PrepareMixed(bench, Suites).Files);
        return Prepare(bench, "mixed", files, NeedingSearch(files), withLookup: true);
    }

    public static Contest Synthetic(Workbench bench)
    {
        var files = BareUniverse.Synthetic(bench, 10_000, 10);
        return Prepare(bench, "synthetic", files, NeedingSearch(files), withLookup: true);
    }

    /// <summary>The releases that are mixed.</summary>
    public static string[] Suites => ["bullseye", "bookworm", "trixie", "sid"];

    /// <summary>Compiles the peer.</summary>
    /// <exception cref="SkippedException">There is no compiler or no libsolv.</exception>
    private static string Libsolv(Workbench bench)
    {
        Workbench.Need("gcc");
        var program = bench.PathOf("libsolv");
        bench.Prepare(new Command("gcc", "-O2", "-o", program, Checkout.PathOf("tests/Veridian.Benchmarks/Solving/libsolv.c"), "-lsolv", "-lsolvext"));
        return program;
    }

    /// <summary>The first random requests of 2 to 10 names that have an answer which the Horn theorem does not give.</summary>
    private static string[] NeedingSearch(IReadOnlyList<string> files)
    {
        using var index = DebianUniverse.Read(files);
        var random = new Random(3);
        var names = Enumerable.Range(0, index.NameCount).Where(name => !index.VersionsOf(name).Start.Equals(index.VersionsOf(name).End)).Select(index.NameText).ToArray();
        var found = new List<string>();
        while (found.Count < Requests)
        {
            var request = string.Join(' ', random.GetItems(names, random.Next(2, 11)).Distinct());
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            var limited = HotSolve.Request(request) with { Limits = new SolveLimits { Deadline = deadline.Token } };
            if (PackageSolver.Solve(index, limited, CancellationToken.None) is SolveResult.Solved { ByHorn: false, Bound: null })
            {
                found.Add(request);
            }
        }

        return [.. found];
    }

    private static Contest Prepare(Workbench bench, string name, IReadOnlyList<string> files, string[] requests, bool withLookup)
    {
        var (list, answers) = (bench.PathOf($"universe/{name}.requests"), bench.PathOf($"universe/{name}.answers"));
        File.WriteAllLines(list, requests);
        var rounds = Rounds.ToString(CultureInfo.InvariantCulture);
        var index = bench.PathOf($"universe/{name}.index");
        bench.Prepare(bench.Ourselves(["child", "index", index, .. files]));
        var ours = bench.Ourselves(["child", "solve", "auto", rounds, list, index]);
        var theirs = new Command(Libsolv(bench), [rounds, list, answers, .. files]);
        var (mine, other) = (Lines(bench.Prepare(ours)), Lines(bench.Prepare(theirs)).Skip(1));
        return new Contest(
            new Trial("PackageSolver.Solve", ours) { Reading = text => Mean(Lines(text).Select(Seconds)) },
            new Trial(withLookup ? "pool_createwhatprovides and solver_solve" : "solver_solve", theirs)
            {
                Reading = text => Mean(Lines(text).Skip(1).Select(line => Seconds(line) + (withLookup ? Seconds(Lines(text)[0]) : 0))),
            },
            $"{requests.Length} requests; ours (packages, costs, proof): {string.Join("; ", mine.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]))}; libsolv's packages: {string.Join(" ", other.Select(line => line.Split(' ')[1]))}");
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static double Seconds(string line) => double.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);

    private static TimeSpan Mean(IEnumerable<double> seconds) => TimeSpan.FromSeconds(Math.Exp(seconds.Average(Math.Log)));
}
