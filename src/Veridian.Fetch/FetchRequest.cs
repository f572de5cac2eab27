namespace Veridian.Fetch;

/// <summary>One question to a server.</summary>
/// <param name="Url">An absolute <c>http</c>, <c>https</c> or <c>file</c> URL.</param>
public sealed record FetchRequest(Uri Url)
{
    /// <summary>First byte wanted; 0 asks for the whole file.</summary>
    public long RangeStart { get; init; }

    /// <summary>With a range: the validator (entity tag) of the bytes already here. If the file changed, the server sends all of it.</summary>
    public string? IfRange { get; init; }

    /// <summary>What is already here: the server may answer <see cref="FetchStatus.NotModified"/>.</summary>
    public FetchValidator? Known { get; init; }
}
