using System.Diagnostics;
using Veridian.Faults;

if (Options.TryRead(args) is not { } options)
{
    Console.Error.WriteLine($"{Options.Usage}\nrows: {string.Join(' ', Veridian.Faults.Rows.Row.All.Select(row => row.Name))}\nscenes: {string.Join(' ', Veridian.Faults.Scenes.Scene.All.Select(scene => scene.Name))}");
    return 2;
}

var missed = 0;
foreach (var row in options.Rows)
{
    var (tally, clock) = (new Tally(), Stopwatch.StartNew());
    row.Run(options, tally);
    missed += tally.Misses.Count;
    tally.Note = tally.Note.Trim(' ', ',');
    if (options.IsWorthKeeping)
    {
        Report.Write(row, tally, options.Most);
    }

    Console.WriteLine($"{row.Name,-10} {tally.Text}{(tally.Skipped is null ? "" : $": {tally.Skipped}")} {tally.Note} ({clock.Elapsed.TotalSeconds:F0} s)");
}

return missed > 0 ? 1 : 0;
