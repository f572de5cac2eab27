namespace Veridian.Debian.Control;

/// <summary>Which bytes names and versions are made of.</summary>
internal static class PackageText
{
    private const byte OfName = 1;
    private const byte OfVersion = 2;

    // Names of virtual packages are wilder than those of packages: capitals and underscores occur.
    private static readonly byte[] Kinds = KindsOf((OfName, "+-._"), (OfVersion, "+-.:~"));

    internal static bool IsName(ReadOnlySpan<byte> text) => IsAll(text, OfName);

    internal static bool IsVersion(ReadOnlySpan<byte> text) => IsAll(text, OfVersion);

    /// <summary>Without blanks, tabs and newlines at both ends, and without one more byte where that is said.</summary>
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

    /// <summary>Whether it has a byte, and all of them are of the kind. Most are a few bytes long: a plain loop beats a vector.</summary>
    private static bool IsAll(ReadOnlySpan<byte> text, byte kind)
    {
        var kinds = Kinds;
        foreach (var b in text)
        {
            if ((kinds[b] & kind) == 0)
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }

    private static byte[] KindsOf(params (byte Kind, string Signs)[] signs)
    {
        var kinds = new byte[256];
        for (var c = 0; c < 128; c++)
        {
            foreach (var (kind, others) in signs)
            {
                kinds[c] |= char.IsAsciiLetterOrDigit((char)c) || others.Contains((char)c) ? kind : (byte)0;
            }
        }

        return kinds;
    }
}
