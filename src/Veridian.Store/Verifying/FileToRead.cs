using Veridian.Core.Hashing;
using Veridian.Posix;

namespace Veridian.Store.Verifying;

/// <summary>A file that is there with the right type and must be read to know whether its bytes are right.</summary>
/// <param name="Owner">As in <see cref="Finding"/>.</param>
/// <param name="Path">As in <see cref="Finding"/>.</param>
/// <param name="Folder">An open directory above it, which outlives the check.</param>
/// <param name="Place">Its path below that.</param>
/// <param name="Inode">Which file it is, whatever its name.</param>
/// <param name="Size">Bytes on disk.</param>
/// <param name="ExpectedSize">Bytes as the manifest says.</param>
/// <param name="Expected">The digest it must have.</param>
internal sealed record FileToRead(
    string Owner, string Path, DirectoryHandle Folder, string Place, ulong Inode, long Size, long ExpectedSize, Blake3Digest Expected);
