namespace Veridian.Fetch.Downloads;

/// <summary>How patient a download is.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-4, M-5.</remarks>
public sealed record DownloadSettings
{
    /// <summary>How often the whole list of URLs is tried; a URL that has the wrong bytes or no file is tried once.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>The wait before the second round; it doubles before each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest one attempt may take in all; null for no limit but the minimum rate.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How long to sleep before looking again whether another process has finished the same file.</summary>
    public TimeSpan BusyPoll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many transfers run at once.</summary>
    public int Parallel { get; init; } = 6;
}
