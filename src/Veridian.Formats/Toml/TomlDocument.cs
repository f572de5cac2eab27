using System.Text;
using System.Text.Unicode;
using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>Reads TOML 1.0.0 texts.</summary>
/// <remarks>Source: <c>spec/toml.md</c> TO-1 to TO-4.</remarks>
public static class TomlDocument
{
    /// <summary>The longest text in bytes (TO-2).</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>The deepest nesting of arrays, inline tables and key parts (TO-2).</summary>
    public const int MaxDepth = 64;

    /// <summary>Reads a whole text.</summary>
    /// <param name="utf8">The text; a byte order mark is skipped.</param>
    /// <param name="fileName">The file as the person named it; appears in every place.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.TomlSyntax"/>: not UTF-8, not TOML, too long or too deep.</exception>
    public static TomlTable Parse(ReadOnlySpan<byte> utf8, string fileName) =>
        new TomlParser(Open(utf8, fileName), layout: null).Parse();

    internal static TomlSource Open(ReadOnlySpan<byte> utf8, string fileName)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new InvalidInputException(ErrorCodes.TomlSyntax,
                $"'{fileName}' has {utf8.Length} bytes; at most {MaxBytes} are read.",
                "Split the file.", new SourceSpan(fileName, 0, 0));
        }

        var source = new TomlSource(utf8, fileName);
        if (!Utf8.IsValid(utf8))
        {
            throw source.Error(FirstInvalidByte(utf8), "The text is not UTF-8 here.", "Save the file as UTF-8.");
        }

        return source;
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
