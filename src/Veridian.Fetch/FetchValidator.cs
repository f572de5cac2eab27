namespace Veridian.Fetch;

/// <summary>What a server said to recognise a version of a file by. Never a proof of anything.</summary>
/// <param name="ETag">The entity tag with its quotes, or null.</param>
/// <param name="LastModified">The time of the last change, or null.</param>
public sealed record FetchValidator(string? ETag, DateTimeOffset? LastModified);
