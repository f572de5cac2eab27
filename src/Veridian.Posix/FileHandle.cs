using Microsoft.Win32.SafeHandles;

namespace Veridian.Posix;

/// <summary>An open file and the path it was opened by.</summary>
public sealed class FileHandle : IDisposable
{
    internal FileHandle(SafeFileHandle handle, string path) => (Handle, Path) = (handle, path);

    /// <summary>The path it was opened by, for messages.</summary>
    public string Path { get; }

    internal SafeFileHandle Handle { get; }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
