using System.Diagnostics;
using Veridian.Faults;

if (Options.TryRead(args) is not { } options)
{
    Console.Error.WriteLine($"{Options.Usage}\nrows: {string.Join(' ', Veridian.Faults.Rows.Row.All.Select(row => row.Name))}\nscenes: {string.Join(' ', Veridian.Faults.Scenes.Scene.All.Select(scene => scene.Name))}");
    return 2;
}

var results = new List<(Veridian.Faults.Rows.Row Row, Tally Tally)>();
foreach (var row in options.Rows)
{
    var (tally, clock) = (new Tally(), Stopwatch.StartNew());
    row.Run(options, tally);
    results.Add((row, tally));
    tally.Note = tally.Note.Trim();
    Console.WriteLine($"{row.Name,-10} {tally.Text}{(tally.Skipped is null ? "" : $": {tally.Skipped}")} {tally.Note} ({clock.Elapsed.TotalSeconds:F0} s)");
}

if (options.IsWorthKeeping)
{
    Report.Write(results, options.Most);
}

return results.Any(result => result.Tally.Misses.Count > 0) ? 1 : 0;
