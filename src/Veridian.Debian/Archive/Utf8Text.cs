using System.Text;

namespace Veridian.Debian.Archive;

/// <summary>Names in archives: UTF-8 without NUL, or refused.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static string Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Contains((byte)0))
        {
            throw ArchiveRefusal.Of($"The name {ArchiveRefusal.Quote(bytes)} contains a NUL byte.");
        }

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw ArchiveRefusal.Of($"The name {ArchiveRefusal.Quote(bytes)} is not UTF-8.");
        }
    }
}
