namespace Veridian.Build.Sandbox;

/// <summary>How a sandboxed command ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number when a signal ended it.</param>
/// <param name="Output">Standard output, cut at the limit.</param>
/// <param name="Error">Standard error, cut at the limit.</param>
/// <param name="TimedOut">Whether it was killed because its time was over; the exit code then means nothing.</param>
public sealed record SandboxResult(int ExitCode, CapturedText Output, CapturedText Error, bool TimedOut)
{
    /// <summary>Which limit it was killed for, as the end of a sentence about it; null if for none.</summary>
    public string? Exceeded { get; init; }
}

/// <summary>What a command wrote.</summary>
/// <param name="Text">Read as UTF-8, whatever is not UTF-8 replaced.</param>
/// <param name="IsCut">Whether there was more than the limit.</param>
public sealed record CapturedText(string Text, bool IsCut);
