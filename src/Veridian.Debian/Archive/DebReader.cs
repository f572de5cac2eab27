using Veridian.Core.Trees;

namespace Veridian.Debian.Archive;

/// <summary>Unpacks a .deb into a tree. The same bytes always make the same calls on the sink.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-3 to DB-10.</remarks>
public static class DebReader
{
    /// <summary>Reads the whole package once, front to back. The stream stays the caller's.</summary>
    /// <param name="deb">The package; not seekable is fine.</param>
    /// <param name="sink">Gets the tree; what it got before a refusal must be thrown away.</param>
    /// <param name="limits">Upper bounds.</param>
    /// <param name="threads">Decoder threads, at least 1.</param>
    /// <param name="cancellationToken">Looked at between entries.</param>
    /// <exception cref="Core.Errors.UntrustedException">The package is malformed, hostile or above a limit.</exception>
    /// <exception cref="Core.Errors.UnavailableException">A decoder's library is not installed.</exception>
    public static DebContents Unpack(Stream deb, ITreeSink sink, DebLimits limits, int threads, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
