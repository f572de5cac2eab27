using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>The clock is wrong, or jumps while the program runs (faketime).</summary>
internal static class ClockRow
{
    private static readonly string? Library = ((string[])["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib64/faketime/libfaketimeMT.so.1"]).FirstOrDefault(File.Exists);

    // As faketime reads them; several are put in force one after the other, 20 ms each.
    private static readonly string[][] Clocks =
    [
        ["-1d"], ["-3d"], ["-400d"], ["+1d"], ["+300d"], ["+730d"], ["+3650d"], ["@1970-01-01 00:00:01"], ["@2037-12-31 23:59:50"],
        ["+0", "-3d"], ["+0", "+3d"], ["+0", "+730d", "-730d"], ["-3d", "+0"], ["+0 x5000"],
    ];

    public static void Run(Options options, Tally tally)
    {
        tally.Skipped = Library is null ? "libfaketime is not installed" : null;
        foreach (var scene in tally.Skipped is null ? options.Scenes : [])
        {
            Workshop.Run(options.Jobs, scene, reads: false, _ => options.Choose(Clocks.Length).Select(number => Clocks[number - 1]), (stage, clock) => tally.Add(Try(stage, clock)));
        }
    }

    private static string? Try(Stage stage, string[] clock)
    {
        stage.Reset();
        var file = Path.Combine(stage.Site.Folder, "clock");
        Set(file, clock[0]);
        stage.Site.Variables["LD_PRELOAD"] = Library!;
        stage.Site.Variables["FAKETIME_TIMESTAMP_FILE"] = file;
        stage.Site.Variables["FAKETIME_NO_CACHE"] = "1";
        stage.Site.Variables["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        using var over = new ManualResetEventSlim();
        var jumping = new Thread(() => Jump(file, clock, over)) { IsBackground = true };
        jumping.Start();
        var ended = stage.Site.Run(new Fault.KillAfter(TimeSpan.FromMinutes(3)), stage.Scene.Command);
        over.Set();
        jumping.Join();
        stage.Site.Variables.Clear();
        return stage.Judge($"clock {string.Join(", then ", clock)}", ended, IsDocumented);
    }

    private static string? IsDocumented(Ended ended) => ended.ExitCode switch
    {
        0 => null,
        4 when ended.Error.Contains("VS3005", StringComparison.Ordinal) || ended.Error.Contains("VS3006", StringComparison.Ordinal) || ended.Error.Contains("VS3012", StringComparison.Ordinal) => null,
        _ => "a wrong clock may only make metadata too old or from the future",
    };

    private static void Jump(string file, string[] clock, ManualResetEventSlim over)
    {
        for (var next = 1; !over.Wait(20); next++)
        {
            Set(file, clock[next % clock.Length]);
        }
    }

    private static void Set(string file, string clock)
    {
        File.WriteAllText(file + ".next", clock + "\n");
        File.Move(file + ".next", file, overwrite: true);
    }
}
