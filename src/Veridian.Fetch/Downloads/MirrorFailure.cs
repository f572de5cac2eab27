using Veridian.Core.Errors;

namespace Veridian.Fetch.Downloads;

/// <summary>Why one URL did not deliver.</summary>
/// <param name="Url">The URL.</param>
/// <param name="Reason">For people: a clause whose subject is the URL.</param>
/// <param name="Kind">What it means for further attempts and for the final error.</param>
/// <param name="Code">For <see cref="MirrorFailureKind.WrongBytes"/>: what was wrong.</param>
internal sealed record MirrorFailure(Uri Url, string Reason, MirrorFailureKind Kind, ErrorCode? Code = null)
{
    public bool IsFinal => Kind != MirrorFailureKind.Passing;
}

internal enum MirrorFailureKind
{
    /// <summary>May go away: the URL is tried again in the next round.</summary>
    Passing,

    /// <summary>The server says that it has no such file.</summary>
    Missing,

    /// <summary>The server has something else than what was signed.</summary>
    WrongBytes,
}
