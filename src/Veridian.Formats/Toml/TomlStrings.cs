using System.Text;

namespace Veridian.Formats.Toml;

/// <summary>The four ways to write a string.</summary>
internal static class TomlStrings
{
    /// <summary>Reads the string that starts here with a quote of either kind.</summary>
    /// <param name="cursor">Stands on the opening quote; afterwards behind the closing one.</param>
    /// <param name="multiline">Whether three quotes open a string of several lines; keys may not have one.</param>
    public static string Read(TomlCursor cursor, bool multiline)
    {
        var quote = cursor.Here;
        if (multiline && cursor.Ahead(1) == quote && cursor.Ahead(2) == quote)
        {
            return ReadMultiline(cursor, quote);
        }

        var opened = cursor.At++;
        if (cursor.TryReadPlain(quote) is { } plain)
        {
            return plain;
        }

        var start = cursor.At;
        while (cursor.Here != quote)
        {
            if (cursor.Here == '\\' && quote == '"')
            {
                return ReadEscaped(cursor, opened, start);
            }

            RefuseLineEndOrControl(cursor, opened);
            cursor.At++;
        }

        return cursor.Source.Decode(start, cursor.At++);
    }

    private static string ReadEscaped(TomlCursor cursor, int opened, int start)
    {
        var text = new StringBuilder();
        while (cursor.Here != '"')
        {
            if (cursor.Here == '\\')
            {
                text.Append(cursor.Source.Decode(start, cursor.At));
                AppendEscape(cursor, text);
                start = cursor.At;
                continue;
            }

            RefuseLineEndOrControl(cursor, opened);
            cursor.At++;
        }

        return text.Append(cursor.Source.Decode(start, cursor.At++)).ToString();
    }

    private static string ReadMultiline(TomlCursor cursor, byte quote)
    {
        var opened = cursor.At;
        cursor.At += 3;
        _ = cursor.TrySkipNewline();
        var (text, start) = (new StringBuilder(), cursor.At);
        while (true)
        {
            if (cursor.Here == quote && cursor.Ahead(1) == quote && cursor.Ahead(2) == quote)
            {
                // One or two quotes may stand directly before the closing three.
                cursor.At += cursor.Ahead(3) != quote ? 0 : cursor.Ahead(4) != quote ? 1 : 2;
                text.Append(cursor.Source.Decode(start, cursor.At));
                cursor.At += 3;
                return text.ToString();
            }

            if (cursor.Here == '\\' && quote == '"')
            {
                text.Append(cursor.Source.Decode(start, cursor.At));
                if (!TrySkipLineContinuation(cursor))
                {
                    AppendEscape(cursor, text);
                }

                start = cursor.At;
            }
            else if (!cursor.TrySkipNewline())
            {
                RefuseLineEndOrControl(cursor, opened);
                cursor.At++;
            }
        }
    }

    private static bool TrySkipLineContinuation(TomlCursor cursor)
    {
        var backslash = cursor.At++;
        cursor.SkipBlanks();
        if (!cursor.TrySkipNewline())
        {
            cursor.At = backslash;
            return false;
        }

        do
        {
            cursor.SkipBlanks();
        }
        while (cursor.TrySkipNewline());
        return true;
    }

    private static void AppendEscape(TomlCursor cursor, StringBuilder text)
    {
        var letter = cursor.Ahead(1);
        if (letter is (byte)'u' or (byte)'U')
        {
            AppendScalar(cursor, text, letter == 'u' ? 4 : 8);
            return;
        }

        text.Append(letter switch
        {
            (byte)'b' => '\b',
            (byte)'t' => '\t',
            (byte)'n' => '\n',
            (byte)'f' => '\f',
            (byte)'r' => '\r',
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            _ => throw cursor.Error("A backslash must begin one of the escapes \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX.",
                "Write '\\\\' for a backslash, or put the string in single quotes."),
        });
        cursor.At += 2;
    }

    private static void AppendScalar(TomlCursor cursor, StringBuilder text, int digits)
    {
        uint value = 0;
        for (var i = 0; i < digits; i++)
        {
            var digit = cursor.Ahead(2 + i);
            if (!char.IsAsciiHexDigit((char)digit))
            {
                throw cursor.Error($"A \\{(char)cursor.Ahead(1)} escape needs {digits} hexadecimal digits.", "Write all the digits, with leading zeros.");
            }

            value = (value << 4) | (uint)TomlNumbers.DigitValue(digit);
        }

        if (!Rune.TryCreate(value, out var rune))
        {
            throw cursor.Error($"U+{value:X4} is not a Unicode scalar value.", "Write the character itself, or another escape.");
        }

        text.Append(rune.ToString());
        cursor.At += 2 + digits;
    }

    private static void RefuseLineEndOrControl(TomlCursor cursor, int opened)
    {
        if (cursor.AtEnd || cursor.Here == '\n' || cursor.Here == '\r' && cursor.Ahead(1) == '\n')
        {
            throw cursor.Source.Error(opened, $"The string that begins here is not closed before {cursor.Describe()}.", "Close it with the quote it was opened with.");
        }

        if (TomlCursor.IsControl(cursor.Here))
        {
            throw cursor.Error($"A string must not hold {cursor.Describe()} itself.", "Write it as an escape in double quotes, such as \"\\u0007\".");
        }
    }
}
