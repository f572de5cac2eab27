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
        new("errors", "each of those calls fails with EIO, ENOSPC, EMFILE or EACCES, once and from then on", WatchedRows.Fail),
        new("read-errors", "each call that reads a file fails with EIO", WatchedRows.FailReading),
    ];
}
