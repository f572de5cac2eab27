namespace Veridian.Fetch;

/// <summary>The answers that a caller branches on; all others are exceptions.</summary>
public enum FetchStatus
{
    /// <summary>The body is the whole file, whatever range was asked for.</summary>
    Whole = 0,

    /// <summary>The body is the rest of the file from <see cref="FetchResponse.RangeStart"/> on.</summary>
    Rest = 1,

    /// <summary>The file is still as <see cref="FetchRequest.Known"/> says. No body.</summary>
    NotModified = 2,

    /// <summary>There is no such file (404, 410). No body.</summary>
    Missing = 3,

    /// <summary>The server cannot give that range (416). No body.</summary>
    RangeRefused = 4,
}
