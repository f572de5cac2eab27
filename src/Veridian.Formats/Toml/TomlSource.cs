using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>The text that values point into. Lines are counted only when a place is asked for.</summary>
internal sealed class TomlSource
{
    private int[]? _lineStarts;

    public TomlSource(ReadOnlySpan<byte> utf8, string fileName)
    {
        FileName = fileName;
        Text = new byte[utf8.Length + 1];
        utf8.CopyTo(Text);
        Start = utf8.StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    public string FileName { get; }

    /// <summary>The bytes, and one NUL behind them: no look at the next byte needs a bounds check.</summary>
    public byte[] Text { get; }

    /// <summary>Behind the byte order mark, if there is one.</summary>
    public int Start { get; }

    public int End => Text.Length - 1;

    /// <summary>Line and column from 1, columns in Unicode scalar values.</summary>
    public SourceSpan SpanAt(int offset)
    {
        _lineStarts ??= FindLineStarts();
        var line = Array.BinarySearch(_lineStarts, offset);
        line = line >= 0 ? line : ~line - 1;
        var column = 1;
        for (var i = Math.Max(_lineStarts[line], Start); i < offset; i++)
        {
            column += (Text[i] & 0xC0) == 0x80 ? 0 : 1;
        }

        return new SourceSpan(FileName, line + 1, column);
    }

    public InvalidInputException Error(int offset, string message, string hint) =>
        new(ErrorCodes.TomlSyntax, message, hint, SpanAt(offset));

    public string Decode(int start, int end) => Encoding.UTF8.GetString(Text, start, end - start);

    private int[] FindLineStarts()
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < End; i++)
        {
            if (Text[i] == '\n')
            {
                starts.Add(i + 1);
            }
        }

        return [.. starts];
    }
}
