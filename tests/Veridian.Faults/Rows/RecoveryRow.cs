using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>A kill, and then a kill of the command that clears up after it.</summary>
internal static class RecoveryRow
{
    private const int FirstKills = 8;

    public static void Run(Options options, Tally tally)
    {
        tally.Skipped = Interposer.MissingReason;
        foreach (var scene in tally.Skipped is null ? options.Scenes : [])
        {
            var before = tally.Cases;
            Workshop.Run(options.Jobs, scene, reads: false, stage => Enumerable.Range(0, FirstKills).Select(i => 1 + (int)((i + 0.7) * stage.Calls / FirstKills)), (stage, first) => RunAfter(stage, first, options, tally));
            tally.Note += $"{scene.Name} {tally.Cases - before} ";
        }
    }

    private static void RunAfter(Stage stage, int first, Options options, Tally tally)
    {
        const string Broken = "broken";
        Break();
        var isAlikeInACopy = Imprint.Of(stage.Site.Folder) is not null;
        if (isAlikeInACopy)
        {
            stage.Site.Keep(Broken);
        }

        var total = stage.Site.Run(new Fault.None(), stage.Scene.Command).Calls;
        foreach (var second in options.Choose(total))
        {
            if (isAlikeInACopy)
            {
                stage.Site.Restore(Broken);
            }
            else
            {
                Break();
            }

            var fault = new Fault.KillBefore(second);
            tally.Add(stage.Judge($"killed before call {first}, and in the next run {fault.Text}", stage.Site.Run(fault, stage.Scene.Command), ended => IsExpected(stage, ended)));
        }

        void Break()
        {
            stage.Reset();
            stage.Site.Run(new Fault.KillBefore(first), stage.Scene.Command);
        }
    }

    // Where the first kill came after the switch, the same command has nothing to do any more, and may say so.
    private static string? IsExpected(Stage stage, Ended ended) => ended.ExitCode is 0 or Ended.Killed || (ended.ExitCode == 2 && stage.Scene.Name == "remove") ? null : "it was not the signal that ended it";
}
