using System.Buffers.Text;
using Veridian.Core.Units;

namespace Veridian.Posix;

/// <summary>How much written data the kernel still has to bring to disks, of all programs.</summary>
public static class DirtyMemory
{
    /// <summary>The line <c>Dirty</c> of /proc/meminfo; zero where it cannot be read.</summary>
    public static ByteCount Read()
    {
        if (ProcText.TryRead("/proc/meminfo") is not { } text)
        {
            return default;
        }

        ReadOnlySpan<byte> line = text;
        var at = line.IndexOf("\nDirty:"u8);
        return at >= 0 && Utf8Parser.TryParse(line[(at + 7)..].TrimStart((byte)' '), out long kibibytes, out _)
            ? new ByteCount(kibibytes * 1024)
            : default;
    }
}
