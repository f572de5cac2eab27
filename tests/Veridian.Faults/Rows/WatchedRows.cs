using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>Faults at one system call of a command.</summary>
internal static class WatchedRows
{
    private static readonly Failures[] Errors = [Failures.InputOutput, Failures.NoSpace, Failures.TooManyFiles, Failures.AccessDenied];

    /// <summary>Killed before each call.</summary>
    public static void Kill(Options options, Tally tally) => ForEveryScene(options, tally, stage =>
        options.Choose(stage.Calls).Select(number => new Fault.KillBefore(number)));

    /// <summary>Each call that changes something fails, once, and from then on.</summary>
    public static void Fail(Options options, Tally tally) => ForEveryScene(options, tally, stage => Errors.SelectMany(failure =>
        options.Choose(stage.CountOf(new Fault.FailAt(0, failure, false))).SelectMany(number => new[] { new Fault.FailAt(number, failure, false), new Fault.FailAt(number, failure, true) })));

    /// <summary>Each call that reads fails, once.</summary>
    public static void FailReading(Options options, Tally tally) => ForEveryScene(options, tally, stage =>
        options.Choose(stage.CountOf(new Fault.FailAt(0, Failures.InputOutput, false), reads: true)).Select(number => new Fault.FailAt(number, Failures.InputOutput, false)), reads: true);

    private static void ForEveryScene(Options options, Tally tally, Func<Stage, IEnumerable<Fault>> faults, bool reads = false)
    {
        tally.Skipped = Interposer.MissingReason;
        if (tally.Skipped is null)
        {
            foreach (var scene in options.Scenes)
            {
                var before = tally.Cases;
                Workshop.Run(options.Jobs, scene, reads, faults, (stage, fault) => tally.Add(stage.Try(fault, reads)));
                tally.Note += $"{scene.Name} {tally.Cases - before} ";
            }
        }
    }
}
