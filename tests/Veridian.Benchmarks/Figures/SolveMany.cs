using System.Globalization;
using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;
using Veridian.Benchmarks.Solving;

namespace Veridian.Benchmarks.Figures;

/// <summary>Thousands of names at once, within ten seconds.</summary>
internal static class SolveMany
{
    private const int Seconds = 10;

    public static Contest Mixed(Workbench bench) =>
        Prepare(bench, 1000, BareUniverse.Of(bench, "mixed", AptState.PrepareMixed(bench, SolveHot.Suites).Files));

    public static Contest Synthetic(Workbench bench) => Prepare(bench, 5000, BareUniverse.Synthetic(bench, 10_000, 10));

    private static Contest Prepare(Workbench bench, int names, IReadOnlyList<string> files)
    {
        var ours = bench.Ourselves(["child", "many", $"{Seconds}", $"{names}", .. files]);
        return new Contest(
            new Trial("one solve", ours) { Reading = text => TimeSpan.FromSeconds(double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture)) },
            Trial.Constant(TimeSpan.FromSeconds(Seconds)),
            $"seconds, packages, costs, proof: {bench.Prepare(ours).Trim()}");
    }
}
