using Veridian.Core.Errors;

namespace Veridian.Debian.Archive;

/// <summary>What is said of a package that is not unpacked.</summary>
internal static class ArchiveRefusal
{
    internal static UntrustedException Of(string message) =>
        new(ErrorCodes.ArchiveRefused, message, "Do not install this package; tell the repository's owner.");

    /// <summary>Bytes of an archive for a message: printable ASCII, the rest as question marks, cut at 80.</summary>
    internal static string Quote(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Math.Min(bytes.Length, 80)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = bytes[i] is >= 32 and < 127 ? (char)bytes[i] : '?';
        }

        return $"'{text}'";
    }

    /// <summary>A text of an archive for a message, without control characters, cut at 200.</summary>
    internal static string Quote(string text) =>
        $"'{string.Concat(text.Take(200).Select(c => char.IsControl(c) ? '?' : c))}'";
}
