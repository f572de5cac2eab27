
namespace Veridian.Debian.Archive;

/// <summary>Reads a ustar, GNU or pax archive strictly, front to back. What the entries mean is for the caller to judge.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-4 to DB-6.</remarks>
/// <param name="source">The decompressed archive; stays the caller's and is read to its end.</param>
/// <param name="name">What to call it in messages.</param>
public sealed class TarReader(Stream source, string name)
{
    private const int MaxExtensionLength = 64 << 10;
    private const int MaxClosingZeros = 1 << 20;
    private const long LargestOctal = (1L << 33) - 1;

    private readonly byte[] _block = new byte[TarHeader.BlockLength];
    private readonly byte[] _scratch = new byte[16 << 10];
    private BoundedStream? _content;
    private PaxRecords? _pax;
    private string? _longName;
    private string? _longLink;
    private bool _ended;

    /// <summary>The next entry, or null when the archive has ended as it must.</summary>
    /// <exception cref="Core.Errors.UntrustedException">The archive is malformed, cut off or followed by other bytes.</exception>
    public TarEntry? Next()
    {
        if (_ended)
        {
            return null;
        }

        SkipContent();
        while (ReadBlock())
        {
            var header = new TarHeader(_block);
            if (!TakeExtension(header))
            {
                return Entry(header);
            }
        }

        CheckEnd();
        return null;
    }

    // False where the first of the two closing blocks stands.
    private bool ReadBlock()
    {
        if (source.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false) < _block.Length)
        {
            throw ArchiveRefusal.Of($"{name} is cut off.");
        }

        return _block.AsSpan().IndexOfAnyExcept((byte)0) >= 0;
    }

    private void CheckEnd()
    {
        _ended = true;
        if (_pax is not null || _longName is not null || _longLink is not null)
        {
            throw ArchiveRefusal.Of($"{name} ends with an extension header that belongs to nothing.");
        }

        if (ReadBlock())
        {
            throw ArchiveRefusal.Of($"{name} has a single zero block in its middle.");
        }

        var padding = 0L;
        for (int got; (got = source.Read(_scratch)) > 0;)
        {
            padding += got;
            if (padding > MaxClosingZeros || _scratch.AsSpan(0, got).IndexOfAnyExcept((byte)0) >= 0)
            {
                throw ArchiveRefusal.Of($"{name} has bytes after its end.");
            }
        }
    }

    private bool TakeExtension(TarHeader header)
    {
        switch (header.Type)
        {
            case (byte)'x':
                Once(_pax);
                _pax = PaxRecords.Read(ReadExtension(header));
                return true;
            case (byte)'L':
                Once(_longName);
                _longName = LongText(ReadExtension(header));
                return true;
            case (byte)'K':
                Once(_longLink);
                _longLink = LongText(ReadExtension(header));
                return true;
            default:
                return false;
        }
    }

    private void Once(object? earlier)
    {
        if (earlier is not null)
        {
            throw ArchiveRefusal.Of($"{name} has two extension headers of one kind for one entry.");
        }
    }

    private ReadOnlySpan<byte> ReadExtension(TarHeader header)
    {
        var length = header.Size;
        if (length > MaxExtensionLength)
        {
            throw ArchiveRefusal.Of($"{name} has an extension header of {length} bytes; {MaxExtensionLength} are allowed.");
        }

        var bytes = new byte[(length + TarHeader.BlockLength - 1) / TarHeader.BlockLength * TarHeader.BlockLength];
        if (source.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw ArchiveRefusal.Of($"{name} is cut off.");
        }

        CheckPadding(bytes.AsSpan((int)length));
        return bytes.AsSpan(0, (int)length);
    }

    private static string LongText(ReadOnlySpan<byte> bytes) => Utf8Text.Read(bytes.EndsWith((byte)0) ? bytes[..^1] : bytes);

    private TarEntry Entry(TarHeader header)
    {
        if (_pax is not null && (_longName is not null || _longLink is not null))
        {
            throw ArchiveRefusal.Of($"{name} gives {header.Quoted} both pax and GNU extension headers.");
        }

        var kind = Kind(header);
        var length = Length(header);
        if (kind != TarEntryKind.File && length != 0)
        {
            throw ArchiveRefusal.Of($"{name} has the entry {header.Quoted} with content where none can be.");
        }

        var entryName = _pax?.Path ?? _longName ?? FullName(header);
        _content = new BoundedStream(source, length, $"{name} at {ArchiveRefusal.Quote(entryName)}");
        var entry = new TarEntry
        {
            Kind = kind,
            Name = entryName,
            LinkTarget = kind is TarEntryKind.HardLink or TarEntryKind.SymbolicLink ? _pax?.LinkPath ?? _longLink ?? Utf8Text.Read(header.LinkName) : "",
            Mode = header.Mode,
            Length = length,
            Content = _content,
            IgnoredAttributes = _pax?.IgnoredAttributes ?? [],
        };
        (_pax, _longName, _longLink) = (null, null, null);
        return entry;
    }

    private TarEntryKind Kind(TarHeader header) => header.Type switch
    {
        (byte)'0' or 0 => TarEntryKind.File,
        (byte)'1' => TarEntryKind.HardLink,
        (byte)'2' => TarEntryKind.SymbolicLink,
        (byte)'3' or (byte)'4' or (byte)'6' => TarEntryKind.Special,
        (byte)'5' => TarEntryKind.Directory,
        _ => throw ArchiveRefusal.Of($"{name} has the entry {header.Quoted} of the unknown type {ArchiveRefusal.Quote([header.Type])}."),
    };

    // The two places that state a size must not disagree, or two readers would see two archives.
    private long Length(TarHeader header)
    {
        var inHeader = header.Size;
        return _pax?.Size is not { } size || size == inHeader || (size > LargestOctal && inHeader == 0)
            ? _pax?.Size ?? inHeader
            : throw ArchiveRefusal.Of($"{name} states two sizes for {header.Quoted}: {inHeader} and {size} bytes.");
    }

    private static string FullName(TarHeader header) =>
        header.Prefix.IsEmpty ? Utf8Text.Read(header.Name) : Utf8Text.Read(header.Prefix) + "/" + Utf8Text.Read(header.Name);

    private void SkipContent()
    {
        if (_content is null)
        {
            return;
        }

        _content.Drain(_scratch);
        var padding = (int)(-_content.Length & (TarHeader.BlockLength - 1));
        _content = null;
        var bytes = _scratch.AsSpan(0, padding);
        if (source.ReadAtLeast(bytes, padding, throwOnEndOfStream: false) < padding)
        {
            throw ArchiveRefusal.Of($"{name} is cut off.");
        }

        CheckPadding(bytes);
    }

    private void CheckPadding(ReadOnlySpan<byte> padding)
    {
        if (padding.IndexOfAnyExcept((byte)0) >= 0)
        {
            throw ArchiveRefusal.Of($"{name} has bytes hidden in its padding.");
        }
    }
}
