using Veridian.Trust.Releases;

namespace Veridian.Fetch.Metadata;

/// <summary>Remembers the newest date believed for each release, durably, outside the cache (T-8).</summary>
public interface IReleaseHistory
{
    /// <summary>The newest date believed so far; null if there is none.</summary>
    DateTimeOffset? LastSeen(ReleaseSubject subject);

    /// <summary>Remembers a date that was believed. An older date than the one remembered changes nothing.</summary>
    void Remember(ReleaseSubject subject, DateTimeOffset date);
}
