using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Core.Text;

namespace Veridian.Debian.Control;

/// <summary>Reads one stanza of a <c>Packages</c> file in full.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-13.</remarks>
public static class PackageRecordReader
{
    private const int MaxStanzaBytes = 1 << 20;

    /// <summary>Reads the bytes that a <see cref="Core.Packages.PackageEntry"/> points to.</summary>
    /// <exception cref="UntrustedException">A field that downloading needs is missing or wrong.</exception>
    public static PackageRecord Read(ReadOnlySpan<byte> stanza)
    {
        var fields = ReadFields(stanza);
        string Text(string name) => fields.GetValueOrDefault(name, "");
        var package = Text("Package");
        var (summary, description) = Describe(Text("Description"));
        return new PackageRecord
        {
            Name = package.Length > 0 ? package : throw Refused("", "Package", ""),
            Version = Text("Version") is { Length: > 0 } version ? version : throw Refused(package, "Version", ""),
            Architecture = Text("Architecture"),
            Filename = RelativePath.TryParse(Text("Filename"), out var path) ? path.Text : throw Refused(package, "Filename", Text("Filename")),
            Size = Number(Text("Size")) ?? throw Refused(package, "Size", Text("Size")),
            Sha256 = Sha256Digest.TryParse(Text("SHA256"), out var digest) ? digest : throw Refused(package, "SHA256", Text("SHA256")),
            InstalledBytes = (Number(Text("Installed-Size")) ?? 0) * 1024,
            Source = Text("Source") is { Length: > 0 } source ? source.Split(' ')[0] : package,
            Summary = summary,
            Description = description,
            Homepage = Text("Homepage"),
            Section = Text("Section"),
            Maintainer = Text("Maintainer"),
            MultiArch = Text("Multi-Arch"),
            Depends = Text("Depends"),
            PreDepends = Text("Pre-Depends"),
            Recommends = Text("Recommends"),
            Suggests = Text("Suggests"),
            Provides = Text("Provides"),
        };
    }

    private static Dictionary<string, string> ReadFields(ReadOnlySpan<byte> stanza)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var fields = new Deb822Fields(stanza.Length <= MaxStanzaBytes ? stanza : throw MetadataRefusal.Of("A package's record is longer than 1 MiB."));
        while (fields.Next())
        {
            if (!read.TryAdd(Encoding.ASCII.GetString(fields.Name), Encoding.UTF8.GetString(fields.Value)))
            {
                throw MetadataRefusal.Of($"A package's record has the field '{Encoding.ASCII.GetString(fields.Name)}' twice.");
            }
        }

        return fields.IsMalformed ? throw MetadataRefusal.Of("A package's record has a malformed line.") : read;
    }

    // The first line sums up; the others start with a space, and a lone dot stands for an empty line.
    private static (string Summary, string Description) Describe(string field)
    {
        var lines = field.Split('\n');
        var rest = lines.Skip(1).Select(line => line.Length > 0 && line[0] is ' ' or '\t' ? line[1..] : line).Select(line => line.TrimEnd() == "." ? "" : line.TrimEnd());
        return (lines[0].Trim(), string.Join('\n', rest));
    }

    private static long? Number(string text) =>
        text.Length <= 15 && PlainNumber.TryRead(text, out long value) ? value : null;

    private static UntrustedException Refused(string package, string field, string value) => MetadataRefusal.Of(
        $"The record of package '{package}' has no usable field {field}{(value.Length > 0 ? $" ({Archive.ArchiveRefusal.Quote(value)})" : "")}.");
}
