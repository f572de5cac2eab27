using System.Globalization;

namespace Veridian.Formats.Profile;

/// <summary>Points in time as people write them: <c>2026-05-01</c>, which is midnight UTC at its beginning, or <c>2026-05-01T12:00:00Z</c>.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-17.</remarks>
public static class MomentText
{
    private static readonly string[] Forms = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    /// <summary>Reads either form; nothing else.</summary>
    public static bool TryRead(string text, out DateTimeOffset moment) =>
        DateTimeOffset.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);
}
