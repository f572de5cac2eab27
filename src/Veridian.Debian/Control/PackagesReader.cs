using System.Runtime.InteropServices;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Packages;
using Veridian.Core.Paths;

namespace Veridian.Debian.Control;

/// <summary>Reads <c>Packages</c> index files. One reader may read several, and then shares the texts they have in common.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-12. Not for use by two threads at once.</remarks>
public sealed class PackagesReader
{
    private const int MaxStanzaBytes = 1 << 20;
    private const int MaxDiagnostics = 1000;

    private readonly string _architecture;
    private readonly RelationReader _relations;
    private readonly EntryTexts _texts;
    private readonly List<int> _rows = [];

    /// <summary>Starts without known texts.</summary>
    /// <param name="architecture">Debian's word, such as <c>amd64</c>; packages of others than this and <c>all</c> are skipped.</param>
    public PackagesReader(string architecture)
    {
        _architecture = architecture;
        _relations = new RelationReader(architecture);
        _texts = new EntryTexts(_relations.Rows);
    }

    /// <summary>Reads one decompressed index file. A bad stanza is skipped and told of; it never spoils the others.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="source">Becomes <see cref="PackageEntry.Source"/>.</param>
    /// <param name="priority">Becomes <see cref="PackageEntry.Priority"/>.</param>
    public PackagesContent Read(ReadOnlySpan<byte> text, int source, int priority)
    {
        var entries = new List<PackageEntry>();
        var skipped = ReadEach(text, source, priority, entry => entries.Add(_texts.Entry(entry)));
        return new PackagesContent(entries, skipped);
    }

    /// <summary>As <see cref="Read"/>, but hands over each entry as it stands, before texts are made of it.</summary>
    /// <returns>The stanzas that were skipped.</returns>
    public IReadOnlyList<Deb822Diagnostic> ReadEach(ReadOnlySpan<byte> text, int source, int priority, Action<RawPackageEntry> take)
    {
        var skipped = new List<Deb822Diagnostic>();
        var reader = new Deb822Reader(text);
        while (reader.Next(out var stanza))
        {
            var fields = default(PackageFields);
            var entry = new RawPackageEntry { Source = source, Priority = priority };
            var problem = Refusal(stanza, ref fields, ref entry);
            if (problem.Length == 0)
            {
                take(entry);
            }
            else if (skipped.Count < MaxDiagnostics)
            {
                skipped.Add(new Deb822Diagnostic(stanza.Offset, Printable(fields.Package), problem));
            }
        }

        return skipped;
    }

    /// <summary>Reads one stanza of an index that was read before, with what downloading needs.</summary>
    /// <exception cref="UntrustedException">A field is missing or wrong.</exception>
    public PackageArchive ReadArchive(ReadOnlySpan<byte> text)
    {
        var stanza = new Deb822Stanza(0, text);
        var fields = default(PackageFields);
        var raw = default(RawPackageEntry);
        var problem = Refusal(stanza, ref fields, ref raw);
        if (problem.Length > 0 || raw.DownloadBytes == 0)
        {
            throw MetadataRefusal.Of($"The record of package '{Printable(fields.Package)}' cannot be used. {(problem.Length > 0 ? problem : "The field Size is missing.")}");
        }

        return new PackageArchive(
            _texts.Entry(raw),
            RelativePath.TryParse(Encoding.UTF8.GetString(fields.Filename), out var path) ? path.Text : throw Unusable(fields, "Filename"),
            Sha256Digest.TryParse(Encoding.ASCII.GetString(fields.Sha256), out var digest) ? digest : throw Unusable(fields, "SHA256"),
            Encoding.UTF8.GetString(FirstLine(fields.Description)).Trim());
    }

    private static UntrustedException Unusable(PackageFields fields, string name) =>
        MetadataRefusal.Of($"The record of package '{Printable(fields.Package)}' has no usable field {name}.");

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)'\n');
        return end < 0 ? field : field[..end];
    }

    private string Refusal(Deb822Stanza stanza, ref PackageFields fields, ref RawPackageEntry entry)
    {
        if (stanza.Bytes.Length > MaxStanzaBytes)
        {
            return "The stanza is longer than 1 MiB.";
        }

        if (!fields.TryRead(stanza))
        {
            return "The stanza has a malformed line or the same field twice.";
        }

        if (!IsPackageName(fields.Package))
        {
            return "The field Package is missing or no package name.";
        }

        if (!PackageText.IsVersion(fields.Version))
        {
            return "The field Version is missing or no version.";
        }

        if (!Ascii.Equals(fields.Architecture, _architecture) && !fields.Architecture.SequenceEqual("all"u8))
        {
            return $"The architecture '{Printable(fields.Architecture)}' is neither {_architecture} nor all.";
        }

        if (!TryReadNumber(fields.Size, out var size) || !TryReadNumber(fields.InstalledSize, out var installed))
        {
            return "The field Size or Installed-Size is no number of bytes.";
        }

        entry.Name = fields.Package;
        entry.Version = fields.Version;
        entry.Architecture = fields.Architecture;
        (entry.DownloadBytes, entry.InstalledBytes) = (size, installed * 1024);
        (entry.Offset, entry.Length) = (stanza.Offset, stanza.Bytes.Length);
        entry.Essential = fields.Essential.SequenceEqual("yes"u8);
        return TryReadRelations(fields, ref entry) ? "" : "A relation to other packages cannot be read.";
    }

    private bool TryReadRelations(in PackageFields fields, ref RawPackageEntry entry)
    {
        _rows.Clear();
        if (!_relations.TryAddRows(fields.PreDepends, _rows) || !_relations.TryAddRows(fields.Depends, _rows))
        {
            return false;
        }

        var depends = _rows.Count;
        if (!_relations.TryAddRows(fields.Recommends, _rows))
        {
            return false;
        }

        var recommends = _rows.Count;
        if (!_relations.TryAddRows(fields.Conflicts, _rows) || !_relations.TryAddRows(fields.Breaks, _rows))
        {
            return false;
        }

        var conflicts = _rows.Count;
        if (!_relations.TryAddRows(fields.Replaces, _rows))
        {
            return false;
        }

        var replaces = _rows.Count;
        if (!_relations.TryAddRows(fields.Provides, _rows))
        {
            return false;
        }

        ReadOnlySpan<int> rows = CollectionsMarshal.AsSpan(_rows);
        entry.Rows = _relations.Rows;
        entry.Depends = rows[..depends];
        entry.Recommends = rows[depends..recommends];
        entry.Conflicts = rows[recommends..conflicts];
        entry.Replaces = rows[conflicts..replaces];
        entry.Provides = rows[replaces..];
        return AreSingle(rows[recommends..]) && AreProvided(entry.Provides);
    }

    private bool AreSingle(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            if (_relations.Rows.Length(row) != 1)
            {
                return false;
            }
        }

        return true;
    }

    private bool AreProvided(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows)
        {
            if (_relations.Rows.Alternative(row, 0).Kind is not (RelationKind.Any or RelationKind.Equal))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsPackageName(ReadOnlySpan<byte> text)
    {
        Span<char> chars = stackalloc char[PackageName.MaxLength];
        return text.Length <= chars.Length && Ascii.ToUtf16(text, chars, out var length) == System.Buffers.OperationStatus.Done && PackageName.IsValid(chars[..length]);
    }

    // Fifteen digits are a petabyte; times 1024 it still fits.
    private static bool TryReadNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        foreach (var digit in field)
        {
            if (digit is < (byte)'0' or > (byte)'9' || field.Length > 15)
            {
                return false;
            }

            value = value * 10 + (digit - '0');
        }

        return true;
    }

    private static string Printable(ReadOnlySpan<byte> bytes) => Archive.ArchiveRefusal.Quote(bytes).Trim('\'');
}
