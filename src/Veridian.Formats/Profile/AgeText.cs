using Veridian.Core.Text;

namespace Veridian.Formats.Profile;

/// <summary>Ages as people write them: <c>36h</c>, <c>7d</c>, <c>2w</c>.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-17.</remarks>
public static class AgeText
{
    /// <summary>The most of any unit.</summary>
    public const int Most = 9999;

    /// <summary>Reads a number from 0 to <see cref="Most"/> and a unit: hours, days or weeks.</summary>
    public static bool TryRead(string text, out TimeSpan age)
    {
        age = default;
        if (text.Length is < 2 or > 5 || !PlainNumber.TryRead(text.AsSpan()[..^1], out int number) || HoursOf(text[^1]) is not { } hours)
        {
            return false;
        }

        age = TimeSpan.FromHours(hours * number);
        return true;
    }

    private static int? HoursOf(char unit) => unit switch
    {
        'h' => 1,
        'd' => 24,
        'w' => 7 * 24,
        _ => null,
    };
}
