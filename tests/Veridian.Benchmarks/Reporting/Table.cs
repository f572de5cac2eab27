using System.Globalization;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Reporting;

/// <summary>Rows for people, as a table of Markdown: the same text stands in docs/benchmarks.md.</summary>
internal static class Table
{
    /// <summary>The two lines above the rows.</summary>
    public static IEnumerable<string> Head =>
    [
        "| figure | ours | other | wall ratio (min–max) | bar | | CPU ratio | our memory | | other's | others busy |",
        "|---|--:|--:|--:|--:|---|--:|--:|---|--:|--:|",
    ];

    /// <summary>One row.</summary>
    public static string Line(Row row) => row.Comparison is { } c
        ? string.Create(CultureInfo.InvariantCulture,
            $"| {row.Figure.Name} | {Time(c.Ours)} | {Time(c.Theirs)} | {Ratio(c.WallRatio.Median)} ({Ratio(c.WallRatio.Least)}–{Ratio(c.WallRatio.Most)}) | ≤ {row.Figure.Bar} | {Word(row.TimeMet)} | {Ratio(c.CpuRatio.Median)} | {Memory(c.OurMemory)} | {Word(row.MemoryMet)} | {Memory(c.TheirMemory)} | {c.OthersCpu:F1} |")
        : string.Create(CultureInfo.InvariantCulture, $"| {row.Figure.Name} | {row.Remark} | | | ≤ {row.Figure.Bar} | | | | | | |");

    /// <summary>What the row compares, on what.</summary>
    public static string Facts(Row row) => row.Contest is { } contest
        ? $"{row.Figure.Name}: {row.Figure.Work}. {contest.Ours.Title} | {contest.Theirs.Title}. {contest.Facts}."
        : $"{row.Figure.Name}: {row.Figure.Work}.";

    private static string Word(bool met) => met ? "met" : "missed";

    private static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);

    private static string Memory(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");

    private static string Time(IEnumerable<Sample> samples) => Spread.Of(samples.Select(sample => sample.Wall.TotalSeconds)).Median switch
    {
        < 1 and var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:F1} ms"),
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds:F2} s"),
    };
}
