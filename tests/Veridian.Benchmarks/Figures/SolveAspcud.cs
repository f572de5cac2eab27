using System.Globalization;
using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;
using Veridian.Benchmarks.Solving;
using Veridian.Testing.Solving;

namespace Veridian.Benchmarks.Figures;

/// <summary>One solve in a fresh process against aspcud on the same problem; the figure fails where the optima differ.</summary>
internal static class SolveAspcud
{
    private const string Request = "gimp";

    public static Contest Prepare(Workbench bench)
    {
        Workbench.Need("aspcud");
        var (problem, solution, list) = (bench.PathOf("problem.cudf"), bench.PathOf("solution.cudf"), bench.PathOf("aspcud.requests"));
        File.WriteAllText(list, Request + "\n");
        using var index = DebianUniverse.Read(bench.Apt.Files);
        var cudf = CudfProblem.Of(index, HotSolve.Request(Request)) ?? throw new SkippedException("the request has no answer");
        File.WriteAllText(problem, cudf.Text);
        var theirs = new Command("aspcud", problem, solution, CudfProblem.Criteria);
        bench.Prepare(theirs);
        var (requested, other, second, packages) = cudf.CostOf(File.ReadLines(solution));
        var costs = string.Create(CultureInfo.InvariantCulture, $"0,0,{requested},{other},0,{second},{packages}");
        bench.Prepare(bench.Ourselves(["child", "index", bench.PathOf("aspcud.index"), .. bench.Apt.Files]));
        var ours = bench.Ourselves("child", "solve", "once", "1", list, bench.PathOf("aspcud.index"));
        var said = bench.Prepare(ours).Trim();
        return said.Contains($" {costs} ", StringComparison.Ordinal)
            ? new Contest(new Trial("open the index and solve", ours), new Trial("aspcud", theirs), $"both: {costs}; {cudf.Versions} versions in the problem")
            : throw new BenchmarkFailedException($"aspcud's optimum is {costs}, ours {said}");
    }
}
