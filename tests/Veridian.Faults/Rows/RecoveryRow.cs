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
            Workshop.Run(options.Jobs, scene, reads: false, stage => Enumerable.Range(0, FirstKills).Select(i => 1 + (int)((i + 0.7) * stage.Calls / FirstKills)), (stage, first) =>
            {
                // Not from a copy: a switch that was decided knows the files it is about by their inodes.
                Break();
                var total = stage.Site.Run(new Fault.None(), scene.Command).Calls;
                foreach (var second in options.Choose(total))
                {
                    Break();
                    var fault = new Fault.KillBefore(second);
                    tally.Add(stage.Judge($"killed before call {first}, and in the next run {fault.Text}", stage.Site.Run(fault, scene.Command), ended => IsExpected(stage, ended)));
                }

                void Break()
                {
                    stage.Reset();
                    stage.Site.Run(new Fault.KillBefore(first), scene.Command);
                }
            });
        }
    }

    // Where the first kill came after the switch, the same command has nothing to do any more, and may say so.
    private static string? IsExpected(Stage stage, Ended ended) => ended.ExitCode is 0 or Ended.Killed || (ended.ExitCode == 2 && stage.Scene.Name == "remove") ? null : "it was not the signal that ended it";
}
