using System.Buffers;
using System.Runtime.CompilerServices;

namespace Veridian.Debian.Control;

/// <summary>Which bytes names and versions are made of.</summary>
internal static class PackageText
{
    // Names of virtual packages are wilder than those of packages: capitals and underscores occur.
    internal static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._"u8);

    internal static readonly SearchValues<byte> VersionBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.:~"u8);

    /// <summary>Without blanks, tabs and newlines at both ends, and without one more byte where that is said.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text, byte also = (byte)' ')
    {
        var (start, end) = (0, text.Length);
        while (start < end && (text[start] is (byte)' ' or (byte)'\t' or (byte)'\n' || text[start] == also))
        {
            start++;
        }

        while (end > start && (text[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\n' || text[end - 1] == also))
        {
            end--;
        }

        return text[start..end];
    }
}
