using System.Text;

namespace Veridian.Posix;

/// <summary>
/// Path texts and the bytes the kernel knows them by. UTF-8, except that a byte which is not part of valid UTF-8
/// stands in text as the lone surrogate U+DC00 + byte: a stray name on disk can be listed and removed again.
/// </summary>
internal static class PathBytes
{
    /// <summary>Room for nearly every path; longer ones are put on the heap.</summary>
    public const int StackSize = 512;

    /// <summary>The bytes with a terminating NUL, in <paramref name="scratch"/> if they fit.</summary>
    public static ReadOnlySpan<byte> Encode(string text, Span<byte> scratch)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("A path has no NUL.", nameof(text));
        }

        var needed = Encoding.UTF8.GetMaxByteCount(text.Length) + 1;
        var bytes = needed <= scratch.Length ? scratch : new byte[needed];
        var count = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var plain = LengthBeforeStrayByte(rest);
            count += Encoding.UTF8.GetBytes(rest[..plain], bytes[count..]);
            if (plain < rest.Length)
            {
                bytes[count++] = (byte)(rest[plain++] - 0xDC00);
            }

            rest = rest[plain..];
        }

        bytes[count] = 0;
        return bytes[..(count + 1)];
    }

    /// <summary>The text of a name without its NUL.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var used);
            if (status == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                used = 1;
                text.Append((char)(0xDC00 + bytes[0]));
            }

            bytes = bytes[used..];
        }

        return text.ToString();
    }

    private static int LengthBeforeStrayByte(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]))
            {
                i++;
            }
            else if (text[i] is >= '\uDC80' and <= '\uDCFF')
            {
                return i;
            }
        }

        return text.Length;
    }
}
