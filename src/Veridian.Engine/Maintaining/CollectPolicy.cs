using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Core.Units;

namespace Veridian.Engine.Maintaining;

/// <summary>Which generations gc may forget before it looks for what nothing needs.</summary>
/// <param name="OlderThan">Forget generations older than this; null for none.</param>
/// <param name="Keep">Forget all but the newest so many; null for none.</param>
/// <param name="MaxSize">Forget the oldest ones until what stays would fit; null for none.</param>
public sealed record CollectPolicy(TimeSpan? OlderThan, int? Keep, ByteCount? MaxSize)
{
    /// <summary>Reads the options of <c>gc</c>.</summary>
    /// <exception cref="InvalidInputException">An age or a size cannot be read.</exception>
    public static CollectPolicy Parse(string? olderThan, int? keep, string? maxSize)
    {
        if (keep is < 1)
        {
            throw new InvalidInputException(ErrorCodes.Usage, $"--keep {keep} would keep nothing.", "Give a number of at least 1.");
        }

        return new CollectPolicy(olderThan is null ? null : ParseAge(olderThan), keep, maxSize is null ? null : ParseSize(maxSize));
    }

    private static TimeSpan ParseAge(string text)
    {
        var unit = text.Length > 0 ? text[^1] : ' ';
        var days = unit switch { 'm' => 1.0 / 1440, 'h' => 1.0 / 24, 'd' => 1.0, 'w' => 7.0, _ => 0 };
        return days > 0 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count * days < 100_000
            ? TimeSpan.FromDays(count * days)
            : throw new InvalidInputException(ErrorCodes.Usage, $"'{text}' is no age.", "Write a number and m, h, d or w, such as 30d.");
    }

    private static ByteCount ParseSize(string text)
    {
        var unit = text.Length > 0 ? char.ToUpperInvariant(text[^1]) : ' ';
        var factor = unit switch { 'K' => 1e3, 'M' => 1e6, 'G' => 1e9, 'T' => 1e12, _ => 1.0 };
        return double.TryParse(factor > 1 ? text.AsSpan(0, text.Length - 1) : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count * factor < 1e18
            ? new ByteCount((long)(count * factor))
            : throw new InvalidInputException(ErrorCodes.Usage, $"'{text}' is no size.", "Write a number and K, M, G or T, such as 20G.");
    }
}
