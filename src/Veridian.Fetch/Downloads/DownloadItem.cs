using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Units;

namespace Veridian.Fetch.Downloads;

/// <summary>A file whose digest and size are known before it is asked for.</summary>
/// <param name="Name">For people, and for the observer.</param>
/// <param name="Urls">Where it can be had, best first; at least one.</param>
/// <param name="Size">Its length as signed.</param>
/// <param name="Digest">SHA-256 of its bytes as signed.</param>
/// <param name="Path">The final name; on the same file system as the cache.</param>
public sealed record DownloadItem(string Name, IReadOnlyList<Uri> Urls, ByteCount Size, Sha256Digest Digest, string Path)
{
    /// <summary>The error when every URL says that it has no such file.</summary>
    public ErrorCode MissingCode { get; init; } = ErrorCodes.PackageGone;
}
