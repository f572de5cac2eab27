using System.Globalization;

namespace Veridian.Formats.Toml;

/// <summary>Integers and floating-point numbers.</summary>
internal static class TomlNumbers
{
    private const int MaxLength = 1024;

    /// <summary>The value of a hexadecimal digit.</summary>
    public static int DigitValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>Reads the word between <paramref name="start"/> and the cursor.</summary>
    public static TomlValue Read(TomlCursor cursor, int start)
    {
        var word = cursor.From(start);
        if (word.Length > MaxLength)
        {
            throw cursor.Source.Error(start, $"A number of {word.Length} characters is too long.", $"Use at most {MaxLength} characters.");
        }

        var signed = word[0] is (byte)'+' or (byte)'-';
        var body = signed ? word[1..] : word;
        if (body.SequenceEqual("inf"u8))
        {
            return new TomlFloat(cursor.Source, start, word[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity);
        }

        if (body.SequenceEqual("nan"u8))
        {
            return new TomlFloat(cursor.Source, start, double.NaN);
        }

        if (body.Length > 1 && body[0] == '0' && body[1] is (byte)'x' or (byte)'o' or (byte)'b')
        {
            return signed
                ? throw cursor.Source.Error(start, "A number with base prefix has no sign.", "Remove the sign, or write the number in decimal.")
                : new TomlInteger(cursor.Source, start, ReadPrefixed(cursor, start, body));
        }

        return ReadDecimal(cursor, start, word, body);
    }

    private static long ReadPrefixed(TomlCursor cursor, int start, ReadOnlySpan<byte> body)
    {
        var radix = body[1] switch { (byte)'x' => 16, (byte)'o' => 8, _ => 2 };
        var digits = body[2..];
        if (SkipDigits(digits, radix) != digits.Length || digits.IsEmpty)
        {
            throw NotANumber(cursor, start);
        }

        ulong value = 0;
        foreach (var digit in digits)
        {
            if (digit == '_')
            {
                continue;
            }

            if (value > ((ulong)long.MaxValue - (ulong)DigitValue(digit)) / (ulong)radix)
            {
                throw TooLarge(cursor, start);
            }

            value = value * (ulong)radix + (ulong)DigitValue(digit);
        }

        return (long)value;
    }

    private static TomlValue ReadDecimal(TomlCursor cursor, int start, ReadOnlySpan<byte> word, ReadOnlySpan<byte> body)
    {
        var whole = SkipDigits(body, 10);
        if (whole == 0)
        {
            throw NotANumber(cursor, start);
        }

        if (body[0] == '0' && whole > 1)
        {
            throw cursor.Source.Error(start, "A number must not begin with a zero.", "Remove the leading zeros, or write it as a string in quotes.");
        }

        var rest = body[whole..];
        if (!rest.IsEmpty && !IsFractionAndExponent(rest))
        {
            throw NotANumber(cursor, start);
        }

        Span<byte> plain = stackalloc byte[word.Length];
        var length = 0;
        foreach (var b in word)
        {
            if (b != '_')
            {
                plain[length++] = b;
            }
        }

        plain = plain[..length];
        if (!rest.IsEmpty)
        {
            return new TomlFloat(cursor.Source, start, double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        return long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? new TomlInteger(cursor.Source, start, value)
            : throw TooLarge(cursor, start);
    }

    private static bool IsFractionAndExponent(ReadOnlySpan<byte> rest)
    {
        if (rest[0] == '.')
        {
            var digits = SkipDigits(rest[1..], 10);
            rest = rest[(1 + digits)..];
            if (digits == 0 || rest.IsEmpty)
            {
                return digits > 0;
            }
        }

        if (rest[0] is not ((byte)'e' or (byte)'E'))
        {
            return false;
        }

        rest = rest[1..];
        rest = !rest.IsEmpty && rest[0] is (byte)'+' or (byte)'-' ? rest[1..] : rest;
        return !rest.IsEmpty && SkipDigits(rest, 10) == rest.Length;
    }

    /// <summary>How many characters are digits, or underscores that have a digit on both sides.</summary>
    private static int SkipDigits(ReadOnlySpan<byte> text, int radix)
    {
        var at = 0;
        while (at < text.Length && (IsDigit(text[at], radix) || text[at] == '_' && at > 0 && text[at - 1] != '_'))
        {
            at++;
        }

        return at > 0 && text[at - 1] == '_' ? at - 1 : at;
    }

    private static bool IsDigit(byte b, int radix) => char.IsAsciiHexDigit((char)b) && DigitValue(b) < radix;

    private static Exception TooLarge(TomlCursor cursor, int start) =>
        cursor.Source.Error(start, $"{cursor.Source.Decode(start, cursor.At)} does not fit in 64 bits.",
            $"Use a number from {long.MinValue} to {long.MaxValue}, or write it as a string in quotes.");

    private static Exception NotANumber(TomlCursor cursor, int start) =>
        cursor.Source.Error(start, $"'{cursor.Source.Decode(start, cursor.At)}' is no TOML value.", "Put text in quotes, or mend the number.");
}
