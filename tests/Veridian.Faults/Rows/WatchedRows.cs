using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>Faults at one system call of a command.</summary>
internal static class WatchedRows
{
    private static readonly Failures[] WriteErrors = [Failures.InputOutput, Failures.NoSpace, Failures.AccessDenied];
    private static readonly Failures[] OpenErrors = [Failures.TooManyFiles];
    private static readonly Failures[] ReadErrors = [Failures.InputOutput];

    /// <summary>Killed before each call.</summary>
    public static void Kill(Options options, Tally tally) => ForEveryScene(options, tally, stage =>
        options.Choose(stage.Calls).Select(number => new Fault.KillBefore(number)));

    /// <summary>Each call that changes something fails, once, and from then on.</summary>
    public static void Fail(Options options, Tally tally) => ForEveryScene(options, tally, stage => Failing(options, stage, WriteErrors, reads: false));

    /// <summary>Each call that opens a file, to read or to write, fails, once, and from then on.</summary>
    public static void FailOpening(Options options, Tally tally) => ForEveryScene(options, tally, stage => Failing(options, stage, OpenErrors, reads: true), reads: true);

    /// <summary>Each call that reads or writes a file fails, once, and from then on.</summary>
    public static void FailReading(Options options, Tally tally) => ForEveryScene(options, tally, stage => Failing(options, stage, ReadErrors, reads: true), reads: true);

    private static IEnumerable<Fault> Failing(Options options, Stage stage, Failures[] errors, bool reads) => errors.SelectMany(failure =>
        options.Choose(stage.CountOf(new Fault.FailAt(0, failure, false), reads)).SelectMany(number => new[] { new Fault.FailAt(number, failure, false), new Fault.FailAt(number, failure, true) }));

    private static void ForEveryScene(Options options, Tally tally, Func<Stage, IEnumerable<Fault>> faults, bool reads = false)
    {
        tally.Skipped = Interposer.MissingReason;
        if (tally.Skipped is null)
        {
            foreach (var scene in options.Scenes)
            {
                var (before, calls) = (tally.Cases, 0);
                Workshop.Run(options.Jobs, scene, reads, faults, (stage, fault) =>
                {
                    calls = stage.Calls;
                    tally.Add(stage.Try(fault, reads));
                });
                tally.Note += $"{scene.Name} {tally.Cases - before}{(options.Most > 0 ? $" at {Math.Min(options.Most, calls)} of {calls} calls" : "")}, ";
            }
        }
    }
}
