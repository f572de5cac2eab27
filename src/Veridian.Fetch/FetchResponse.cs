namespace Veridian.Fetch;

/// <summary>An answer whose body has not been read yet.</summary>
/// <param name="status">What kind of answer it is.</param>
/// <param name="body">The bytes as sent, never decompressed; empty where the status has no body. Disposed with the answer.</param>
/// <param name="owner">What else must be disposed with it.</param>
public sealed class FetchResponse(FetchStatus status, Stream body, IDisposable? owner = null) : IAsyncDisposable
{
    /// <summary>What kind of answer it is.</summary>
    public FetchStatus Status { get; } = status;

    /// <summary>The bytes.</summary>
    public Stream Body { get; } = body;

    /// <summary>Length of the body as the server states it; null where it does not.</summary>
    public long? Length { get; init; }

    /// <summary>Where the body starts in the file: 0 unless <see cref="FetchStatus.Rest"/>.</summary>
    public long RangeStart { get; init; }

    /// <summary>What the server recognises this version by.</summary>
    public FetchValidator Validator { get; init; } = new(null, null);

    /// <summary>The media type, lower case, without parameters; null where unknown.</summary>
    public string? MediaType { get; init; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync();
        owner?.Dispose();
    }
}
