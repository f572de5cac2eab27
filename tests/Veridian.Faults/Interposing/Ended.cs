namespace Veridian.Faults.Interposing;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">128 and the signal's number for one that was killed.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Calls">How many watched calls counted.</param>
/// <param name="Hit">The call that the fault fell on; null if it fell on none.</param>
/// <param name="Took">From start to end.</param>
internal sealed record Ended(int ExitCode, string Output, string Error, int Calls, string? Hit, TimeSpan Took)
{
    public const int Killed = 137;
}
