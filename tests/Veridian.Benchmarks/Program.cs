using Veridian.Benchmarks;
using Veridian.Benchmarks.Figures;
using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;
using Veridian.Benchmarks.Reporting;
using Veridian.Benchmarks.Solving;
using Veridian.Testing.Solving;

if (args is ["child", "unpack", .. var rest])
{
    return UnpackChild.Run(rest);
}

if (args is ["child", "solve", .. var solve])
{
    return HotSolve.Run(solve);
}

if (args is ["child", "index", var index, .. var lists])
{
    using var file = File.Create(index);
    DebianUniverse.Write(lists, file);
    return 0;
}

if (args is ["child", "many", .. var many])
{
    return ManyNames.Run(many);
}

if (args is ["child", "synthetic", var names, var versions, var seed, var to])
{
    using var file = File.Create(to);
    new SyntheticUniverse(int.Parse(names), int.Parse(versions), int.Parse(seed)).Write(file);
    return 0;
}

if (Options.TryRead(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

using var bench = new Workbench();
var rows = new List<Row>();
foreach (var figure in options.Figures)
{
    Console.Error.WriteLine($"{figure.Name} ...");
    rows.Add(Take(figure));
    foreach (var line in rows.Count == 1 ? Table.Head : [])
    {
        Console.WriteLine(line);
    }

    Console.WriteLine(Table.Line(rows[^1]));
}

Console.WriteLine();
foreach (var row in rows)
{
    Console.WriteLine($"- {Table.Facts(row)}");
}

if (options.JsonPath is { } path)
{
    JsonReport.Write(path, rows);
}

return 0;

Row Take(Figure figure)
{
    try
    {
        var contest = figure.Prepare(bench);
        return new Row(figure, contest, Comparison.Run(contest.Ours, contest.Theirs, options.Rounds, bench.Process), "");
    }
    catch (SkippedException skipped)
    {
        return new Row(figure, null, null, $"skipped: {skipped.Message}");
    }
    catch (BenchmarkFailedException failed)
    {
        return new Row(figure, null, null, $"failed: {failed.Message}");
    }
}
