namespace Veridian.Faults.Rows;

/// <summary>One kind of fault.</summary>
/// <param name="Name">As typed after <c>./build faults</c>.</param>
/// <param name="What">What befalls the program, for the table.</param>
/// <param name="Run">Runs the cases.</param>
internal sealed record Row(string Name, string What, Action<Options, Tally> Run)
{
    public static IReadOnlyList<Row> All { get; } =
    [
        new("kill", "SIGKILL before every system call that changes a file, of all threads and children in one order", WatchedRows.Kill),
        new("errors", "each of those calls fails with EIO, ENOSPC or EACCES, once and from then on", WatchedRows.Fail),
        new("open-errors", "each call that opens a file fails with EMFILE, once and from then on", WatchedRows.FailOpening),
        new("read-errors", "each call that reads or writes a file fails with EIO, once and from then on", WatchedRows.FailReading),
        new("random", "SIGKILL at random times", RandomRow.Run),
        new("power", "power cuts on ext4, xfs and btrfs: the disk as it was at moments of the run, also without some of what it had not flushed", PowerRow.Run),
        new("full", "a tmpfs that is full by bytes or by files, or read-only; gc works on the full one", FullRow.Run),
        new("crowd", "16 processes, 50 rounds each of apply, gc and rollback, on one profile and on profiles of their own", CrowdRow.Run),
        new("clock", "a wrong clock, and one that jumps during the run", ClockRow.Run),
        new("database", "database truncated, deleted, damaged, from a newer version, not a file", DatabaseRow.Run),
        new("recovery", "SIGKILL before every call of the command that clears up after a SIGKILL", RecoveryRow.Run),
    ];
}
