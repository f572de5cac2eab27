using Veridian.Trust.OpenPgp;

namespace Veridian.Trust.Releases;

/// <summary>What a repository must show before its <c>Release</c> is believed.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-1, T-6, T-8.</remarks>
public sealed record ReleaseTrustPolicy
{
    /// <summary>The age that a text without <c>Valid-Until</c> may reach: 400 days.</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromDays(400);

    /// <summary>The default: one known key, 400 days, a clock that may be a day behind.</summary>
    public static ReleaseTrustPolicy Default { get; } = new();

    /// <summary>How many different known primary keys must have signed; at least 1.</summary>
    public int Threshold { get; init; } = 1;

    /// <summary>If not empty, only these keys of the keyrings count, each named by its own or its primary key's fingerprint.</summary>
    public IReadOnlyList<KeyFingerprint> OnlyKeys { get; init; } = [];

    /// <summary>Whether the person wrote <c>trust = "unsigned"</c>: then no signature is asked for, and the result says so.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Whether a text's own <c>Valid-Until</c> counts; without it, <see cref="MaxAge"/> does.</summary>
    public bool CheckValidUntil { get; init; } = true;

    /// <summary>How old a text without <c>Valid-Until</c> may be.</summary>
    public TimeSpan MaxAge { get; init; } = DefaultMaxAge;

    /// <summary>The time at which the text must not have been expired, for an earlier state of a repository; null: the present.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How far the clock may be behind the text's <c>Date</c>.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromDays(1);
}
