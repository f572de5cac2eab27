using Veridian.Benchmarks.Figures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Reporting;

/// <summary>The outcome of one figure.</summary>
/// <param name="Figure">Which.</param>
/// <param name="Contest">Its two sides; null where it was not taken.</param>
/// <param name="Comparison">Its numbers; null where it was not taken.</param>
/// <param name="Remark">Why it was not taken: <c>skipped: …</c> or <c>failed: …</c>; empty where it was.</param>
internal sealed record Row(Figure Figure, Contest? Contest, Comparison? Comparison, string Remark)
{
    /// <summary>Whether ratio and memory keep their bars; null where nothing was measured.</summary>
    public bool? Met => Comparison is null ? null : TimeMet && MemoryMet;

    /// <summary>Whether the ratio keeps its bar.</summary>
    public bool TimeMet => Comparison?.WallRatio.Median <= Figure.Bar;

    /// <summary>Whether our peak of memory keeps its bar.</summary>
    public bool MemoryMet => Comparison?.OurMemory <= Figure.MemoryBar;
}
