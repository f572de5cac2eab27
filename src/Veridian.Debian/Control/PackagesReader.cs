using System.Buffers.Text;
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
    private readonly TextPool _pool = new();
    private readonly RelationReader _relations;
    private readonly List<Relation[]> _rows = [];

    /// <summary>Starts without known texts.</summary>
    /// <param name="architecture">Debian's word, such as <c>amd64</c>; packages of others than this and <c>all</c> are skipped.</param>
    public PackagesReader(string architecture)
    {
        _architecture = architecture;
        _relations = new RelationReader(architecture, _pool);
    }

    /// <summary>Reads one decompressed index file. A bad stanza is skipped and told of; it never spoils the others.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="source">Becomes <see cref="PackageEntry.Source"/>.</param>
    /// <param name="priority">Becomes <see cref="PackageEntry.Priority"/>.</param>
    public PackagesContent Read(ReadOnlySpan<byte> text, int source, int priority)
    {
        var entries = new List<PackageEntry>();
        var skipped = ReadEach(text, source, priority, entries.Add);
        return new PackagesContent(entries, skipped);
    }

    /// <summary>As <see cref="Read"/>, but hands over each entry as soon as it is read: what is taken apart at once need not all be kept.</summary>
    /// <returns>The stanzas that were skipped.</returns>
    public IReadOnlyList<Deb822Diagnostic> ReadEach(ReadOnlySpan<byte> text, int source, int priority, Action<PackageEntry> take)
    {
        var skipped = new List<Deb822Diagnostic>();
        var reader = new Deb822Reader(text);
        while (reader.Next(out var stanza))
        {
            var fields = default(PackageFields);
            var problem = Problem(stanza, ref fields);
            if (problem.Length == 0 && Entry(stanza, fields, source, priority, ref problem) is { } entry)
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
        var problem = Problem(stanza, ref fields);
        var entry = problem.Length == 0 ? Entry(stanza, fields, 0, 0, ref problem) : null;
        if (entry is not { DownloadBytes: > 0 })
        {
            throw MetadataRefusal.Of($"The record of package '{Printable(fields.Package)}' cannot be used. {(problem.Length > 0 ? problem : "The field Size is missing.")}");
        }

        return new PackageArchive(
            entry,
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

    private string Problem(Deb822Stanza stanza, ref PackageFields fields)
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

        if (fields.Version.IsEmpty || fields.Version.IndexOfAnyExcept(PackageText.VersionBytes) >= 0)
        {
            return "The field Version is missing or no version.";
        }

        return Ascii.Equals(fields.Architecture, _architecture) || fields.Architecture.SequenceEqual("all"u8)
            ? ""
            : $"The architecture '{Printable(fields.Architecture)}' is neither {_architecture} nor all.";
    }

    private PackageEntry? Entry(Deb822Stanza stanza, PackageFields fields, int source, int priority, ref string problem)
    {
        if (!TryReadNumber(fields.Size, out var size) || !TryReadNumber(fields.InstalledSize, out var installed))
        {
            problem = "The field Size or Installed-Size is no number of bytes.";
            return null;
        }

        if (Rows(fields.PreDepends, fields.Depends) is not { } depends
            || Rows(fields.Recommends, default) is not { } recommends
            || Single(fields.Conflicts, fields.Breaks) is not { } conflicts
            || Single(fields.Replaces, default) is not { } replaces
            || Provided(fields.Provides) is not { } provides)
        {
            problem = "A relation to other packages cannot be read.";
            return null;
        }

        return new PackageEntry
        {
            Name = _pool.Get(fields.Package),
            Version = _pool.Get(fields.Version),
            Scheme = VersionScheme.Deb,
            Architecture = _pool.Get(fields.Architecture),
            Essential = fields.Essential.SequenceEqual("yes"u8),
            Depends = depends,
            Recommends = recommends,
            Conflicts = conflicts,
            Replaces = replaces,
            Provides = provides,
            DownloadBytes = size,
            InstalledBytes = installed * 1024,
            Source = source,
            Offset = stanza.Offset,
            Length = stanza.Bytes.Length,
            Priority = priority,
        };
    }

    private Relation[][]? Rows(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        _rows.Clear();
        return _relations.TryAddRows(first, _rows) && _relations.TryAddRows(second, _rows) ? [.. _rows] : null;
    }

    private Relation[]? Single(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        Rows(first, second) is { } rows && rows.All(row => row.Length == 1) ? Array.ConvertAll(rows, row => row[0]) : null;

    private ProvidedName[]? Provided(ReadOnlySpan<byte> field) =>
        Single(field, default) is { } names && names.All(name => name.Kind is RelationKind.Any or RelationKind.Equal)
            ? Array.ConvertAll(names, name => new ProvidedName(name.Name, name.Version))
            : null;

    private static bool IsPackageName(ReadOnlySpan<byte> text)
    {
        Span<char> chars = stackalloc char[PackageName.MaxLength];
        return text.Length <= chars.Length && Ascii.ToUtf16(text, chars, out var length) == System.Buffers.OperationStatus.Done && PackageName.IsValid(chars[..length]);
    }

    // Fifteen digits are a petabyte; times 1024 it still fits.
    private static bool TryReadNumber(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        return field.IsEmpty || (field.Length <= 15 && field.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && Utf8Parser.TryParse(field, out value, out _));
    }

    private static string Printable(ReadOnlySpan<byte> bytes) => Archive.ArchiveRefusal.Quote(bytes).Trim('\'');
}
