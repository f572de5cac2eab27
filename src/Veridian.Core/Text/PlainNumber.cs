using System.Numerics;

namespace Veridian.Core.Text;

/// <summary>Numbers written as ASCII digits and nothing else.</summary>
/// <remarks>The framework's own readers also take NULs behind the digits, so that one number would have many spellings.</remarks>
public static class PlainNumber
{
    /// <summary>Reads 0 to 2147483647; leading zeros are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out int number)
    {
        var fits = TryRead(text, out long wide) && wide <= int.MaxValue;
        number = fits ? (int)wide : 0;
        return fits;
    }

    /// <summary>Reads 0 to 9223372036854775807; leading zeros are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out long number) => TryReadDigits(text, out number);

    /// <summary>Reads 0 to 9223372036854775807; leading zeros are allowed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long number) => TryReadDigits(text, out number);

    private static bool TryReadDigits<T>(ReadOnlySpan<T> text, out long number)
        where T : unmanaged, IBinaryInteger<T>
    {
        number = 0;
        foreach (var c in text)
        {
            var digit = int.CreateTruncating(c) - '0';
            if (digit is < 0 or > 9 || number > (long.MaxValue - digit) / 10)
            {
                number = 0;
                return false;
            }

            number = number * 10 + digit;
        }

        return !text.IsEmpty;
    }
}
