using Veridian.Core.Trees;
using Veridian.Formats.Compression;

namespace Veridian.Debian.Archive;

/// <summary>Unpacks a .deb into a tree. The same bytes always make the same calls on the sink.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-3 to DB-10.</remarks>
public static class DebReader
{
    // What one entry may add to the archive beside its content: header, padding, long names.
    private const long EntryOverhead = 4096;

    private const int ClosingOverhead = 1 << 20;

    /// <summary>Reads the whole package once, front to back. The stream stays the caller's.</summary>
    /// <param name="deb">The package; not seekable is fine.</param>
    /// <param name="sink">Gets the tree; what it got before a refusal must be thrown away.</param>
    /// <param name="limits">Upper bounds.</param>
    /// <param name="threads">Decoder threads, at least 1; more only for bytes whose digest was checked before (<see cref="XzStream.OpenRead"/>).</param>
    /// <param name="cancellationToken">Looked at between entries.</param>
    /// <exception cref="Core.Errors.UntrustedException">The package is malformed, hostile or above a limit.</exception>
    /// <exception cref="Core.Errors.UnavailableException">A decoder's library is not installed.</exception>
    public static DebContents Unpack(Stream deb, ITreeSink sink, DebLimits limits, int threads, CancellationToken cancellationToken)
    {
        var archive = new ArReader(deb);
        CheckFormat(Member(archive, "debian-binary"));
        var control = ReadControl(Member(archive, "control.tar"), limits, threads);
        var tree = new DataTree(sink, limits);
        UnpackData(Member(archive, "data.tar"), tree, limits, threads, cancellationToken);
        return archive.Next() is { } extra
            ? throw ArchiveRefusal.Of($"The package has the unknown member '{extra.Name}' after its data.")
            : new DebContents(control, tree.Neutralised, tree.FileBytes, tree.Entries);
    }

    /// <summary>Reads the control members only, and leaves the rest of the package unread.</summary>
    /// <inheritdoc cref="Unpack" path="/param|/exception"/>
    public static ControlData ReadControl(Stream deb, DebLimits limits)
    {
        var archive = new ArReader(deb);
        CheckFormat(Member(archive, "debian-binary"));
        return ReadControl(Member(archive, "control.tar"), limits, threads: 1);
    }

    private static ArMember Member(ArReader archive, string name) => archive.Next() switch
    {
        null => throw ArchiveRefusal.Of($"The package ends before its member '{name}'."),
        var member when member.Name == name || member.Name.StartsWith(name + ".", StringComparison.Ordinal) => member,
        var other => throw ArchiveRefusal.Of($"The package has the member '{other.Name}' where '{name}' belongs."),
    };

    private static void CheckFormat(ArMember member)
    {
        Span<byte> text = stackalloc byte[16];
        text = text[..(member.Name == "debian-binary" && member.Length <= 16 ? (int)member.Length : 0)];
        member.Content.ReadExactly(text);
        if (!text.StartsWith("2."u8) || !text.EndsWith((byte)'\n') || text.Length < 4 || text[2..^1].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            throw ArchiveRefusal.Of("The package is in no known version of the format; 2.0 is known.");
        }
    }

    private static ControlData ReadControl(ArMember member, DebLimits limits, int threads)
    {
        using var tar = Decompress(member, limits.MaxControlBytes + (limits.MaxControlMembers * EntryOverhead) + ClosingOverhead, limits, threads);
        return ControlArchive.Read(tar, limits);
    }

    private static void UnpackData(ArMember member, DataTree tree, DebLimits limits, int threads, CancellationToken cancellationToken)
    {
        using var tar = Decompress(member, Math.Min(limits.MaxTotalBytes, 1L << 60) + (limits.MaxEntries * EntryOverhead) + ClosingOverhead, limits, threads);
        var reader = new TarReader(tar, "The data archive");
        while (reader.Next() is { } entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tree.Add(entry);
        }
    }

    // The name says how it is compressed, so that no two readers can disagree on what a member is.
    private static Stream Decompress(ArMember member, long maxOutput, DebLimits limits, int threads)
    {
        CompressionFormat? format = member.Name[(member.Name.IndexOf(".tar", StringComparison.Ordinal) + 4)..] switch
        {
            "" => null,
            ".gz" => CompressionFormat.Gzip,
            ".xz" => CompressionFormat.Xz,
            ".zst" => CompressionFormat.Zstd,
            _ => throw ArchiveRefusal.Of($"The package has the member '{member.Name}'; only .gz, .xz and .zst are read."),
        };
        var allowed = new DecompressionLimits { MaxOutputBytes = maxOutput, MaxMemoryBytes = limits.MaxMemoryBytes };
        return format is { } known ? Decompressor.Open(member.Content, known, allowed, threads) : member.Content;
    }
}
