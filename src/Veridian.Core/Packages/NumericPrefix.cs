namespace Veridian.Core.Packages;

/// <summary>The numbers joined by dots with which a version begins: <c>9.4</c> of <c>9.4p1-3</c>.</summary>
internal static class NumericPrefix
{
    /// <summary>The longest such beginning, perhaps empty.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> version)
    {
        var length = 0;
        var rest = version;
        while (Digits.Take(ref rest) is { IsEmpty: false })
        {
            length = version.Length - rest.Length;
            if (rest.IsEmpty || rest[0] != '.')
            {
                break;
            }

            rest = rest[1..];
        }

        return version[..length];
    }

    /// <summary>Whether the text is such numbers and nothing else.</summary>
    public static bool Is(ReadOnlySpan<char> text) => !text.IsEmpty && Of(text).Length == text.Length;

    /// <summary>The numbers up to the one at the index (from 0), that one increased by one.</summary>
    public static string Next(ReadOnlySpan<char> version, int index)
    {
        var numbers = Of(version).ToString().Split('.');
        numbers[index] = Digits.Increment(numbers[index]);
        return string.Join('.', numbers[..(index + 1)]);
    }

    /// <summary>The first text after the numbers that none of their extensions reaches: <c>1.3</c> for <c>1.2</c>.</summary>
    public static string Next(ReadOnlySpan<char> numbers) => Next(numbers, numbers.Count('.'));

    /// <summary>Filled up with zeros to three numbers.</summary>
    public static string Padded(ReadOnlySpan<char> numbers) => numbers.Count('.') switch
    {
        0 => $"{numbers}.0.0",
        1 => $"{numbers}.0",
        _ => numbers.ToString(),
    };
}
