using System.Globalization;
using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Trust.Releases;

/// <summary>The few fields of a <c>Release</c> text that trust needs: <c>Date</c>, <c>Valid-Until</c>, names, and where index files are.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-2. One paragraph; a field that stands twice is an error, because two readers could believe different ones.</remarks>
public sealed class ReleaseFields
{
    private static readonly string[] DateFormats = ["ddd, d MMM yyyy H:mm:ss", "ddd, dd MMM yyyy HH:mm:ss", "d MMM yyyy H:mm:ss"];

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _name;

    private ReleaseFields(string name) => _name = name;

    /// <summary>When the repository made the text.</summary>
    /// <exception cref="UntrustedException">The field is missing or no date.</exception>
    public DateTimeOffset Date => ReadDate("Date") ?? throw Malformed(_name, "has no 'Date'");

    /// <summary>When the text expires; null where it does not say.</summary>
    /// <exception cref="UntrustedException">The field is no date.</exception>
    public DateTimeOffset? ValidUntil => ReadDate("Valid-Until");

    /// <summary>The suite; null where it does not say.</summary>
    public string? Suite => _fields.GetValueOrDefault("Suite");

    /// <summary>The code name; null where it does not say.</summary>
    public string? Codename => _fields.GetValueOrDefault("Codename");

    /// <summary>Whether index files can be had by their digest.</summary>
    public bool AcquireByHash => string.Equals(_fields.GetValueOrDefault("Acquire-By-Hash"), "yes", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether packages of architecture <c>all</c> have index files of their own; otherwise each architecture's index repeats them.</summary>
    public bool HasIndexForAll =>
        (_fields.GetValueOrDefault("Architectures") ?? "").Split(' ').Contains("all")
        && !(_fields.GetValueOrDefault("No-Support-for-Architecture-all") ?? "").Split(' ').Contains("Packages");

    /// <summary>Reads the fields that stand on one line each; continuation lines are skipped.</summary>
    /// <exception cref="UntrustedException">The text is not one paragraph of fields.</exception>
    public static ReleaseFields Read(string name, ReadOnlySpan<byte> text)
    {
        var fields = new ReleaseFields(name);
        var ended = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd(" \t\r"u8);
            ended |= line.IsEmpty && fields._fields.Count > 0;
            if (line.IsEmpty || line[0] is (byte)' ' or (byte)'\t' or (byte)'#')
            {
                continue;
            }

            var colon = line.IndexOf((byte)':');
            if (ended || colon <= 0 || !fields._fields.TryAdd(Encoding.UTF8.GetString(line[..colon]), Encoding.UTF8.GetString(line[(colon + 1)..]).Trim()))
            {
                throw Malformed(name, ended ? "has more than one paragraph" : colon <= 0 ? "has a line that is no field" : "has a field twice");
            }
        }

        return fields;
    }

    internal static UntrustedException Malformed(string name, string why) => new(
        ErrorCodes.MetadataMalformed, $"The release text of '{name}' {why}.", "Try another mirror; if it stays, tell the repository's owner.");

    private DateTimeOffset? ReadDate(string field)
    {
        if (!_fields.TryGetValue(field, out var text))
        {
            return null;
        }

        // Debian writes "UTC"; some tools write "GMT", "Z" or "+0000". No other zone is meant.
        var plain = text;
        foreach (var zone in (ReadOnlySpan<string>)[" UTC", " GMT", " Z", " +0000"])
        {
            plain = plain.EndsWith(zone, StringComparison.Ordinal) ? plain[..^zone.Length] : plain;
        }

        return plain != text && DateTimeOffset.TryParseExact(
            plain, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite, out var date)
            ? date
            : throw Malformed(_name, $"has a '{field}' that is no date in UTC: '{text}'");
    }
}
