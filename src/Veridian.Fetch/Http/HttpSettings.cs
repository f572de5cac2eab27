namespace Veridian.Fetch.Http;

/// <summary>How to talk HTTP. Nothing is read from the environment here: the caller passes it in.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-1 to M-4.</remarks>
public sealed record HttpSettings
{
    /// <summary>Sent as <c>User-Agent</c>.</summary>
    public string UserAgent { get; init; } = "veridian-store/0.1";

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The slowest rate that is put up with, in bytes per second of waiting.</summary>
    public long MinimumRate { get; init; } = 1024;

    /// <summary>How long a server may be slower than that, and how long it may take to begin an answer.</summary>
    public TimeSpan StallWindow { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many redirects are followed.</summary>
    public int MaxRedirects { get; init; } = 10;

    /// <summary>Which proxy to use.</summary>
    public ProxyRules Proxy { get; init; } = ProxyRules.None;

    /// <summary>Names and passwords for hosts.</summary>
    public Netrc Credentials { get; init; } = Netrc.Empty;
}
