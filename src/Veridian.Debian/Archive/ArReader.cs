using System.Text;

namespace Veridian.Debian.Archive;

/// <summary>One member of an ar archive.</summary>
/// <param name="Name">Its name, printable ASCII without spaces or slashes, 1 to 16 characters.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Content">Its bytes; valid until the next member is asked for.</param>
public sealed record ArMember(string Name, long Length, Stream Content);

/// <summary>Reads the members of a common ar archive, front to back.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-3. No long-name tables, no symbol tables: a .deb has none.</remarks>
public sealed class ArReader
{
    private const int HeaderLength = 60;

    private readonly Stream _source;
    private BoundedStream? _current;
    private bool _padded;

    /// <summary>Reads the archive's mark. The source stays the caller's.</summary>
    /// <exception cref="Core.Errors.UntrustedException">It is no ar archive.</exception>
    public ArReader(Stream source)
    {
        _source = source;
        Span<byte> mark = stackalloc byte[8];
        if (source.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length || !mark.SequenceEqual("!<arch>\n"u8))
        {
            throw ArchiveRefusal.Of("The package is no ar archive.");
        }
    }

    /// <summary>The next member, or null after the last one.</summary>
    /// <exception cref="Core.Errors.UntrustedException">The archive is malformed or cut off.</exception>
    public ArMember? Next()
    {
        FinishCurrent();
        Span<byte> header = stackalloc byte[HeaderLength];
        var got = _source.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        if (got == 0)
        {
            return null;
        }

        if (got < HeaderLength || !header[58..].SequenceEqual("`\n"u8))
        {
            throw ArchiveRefusal.Of("The package has a malformed or cut-off ar header.");
        }

        var name = ReadName(header[..16]);
        var length = ReadDecimal(header[48..58], name);
        _padded = (length & 1) != 0;
        _current = new BoundedStream(_source, length, $"Member '{name}' of the package");
        return new ArMember(name, length, _current);
    }

    private void FinishCurrent()
    {
        if (_current is null)
        {
            return;
        }

        Span<byte> buffer = stackalloc byte[4096];
        _current.Drain(buffer);
        _current = null;
        if (_padded && (_source.ReadAtLeast(buffer[..1], 1, throwOnEndOfStream: false) == 0 || buffer[0] != '\n'))
        {
            throw ArchiveRefusal.Of("The package has a wrong padding byte between its members.");
        }
    }

    private static string ReadName(ReadOnlySpan<byte> field)
    {
        var name = field.TrimEnd((byte)' ');
        if (name.EndsWith("/"u8))
        {
            name = name[..^1]; // the System V spelling, as binutils writes it
        }

        return !name.IsEmpty && name.IndexOfAnyExceptInRange((byte)33, (byte)126) < 0 && !name.Contains((byte)'/')
            ? Encoding.ASCII.GetString(name)
            : throw ArchiveRefusal.Of($"The package has a member with the unusable name {ArchiveRefusal.Quote(field)}.");
    }

    private static long ReadDecimal(ReadOnlySpan<byte> field, string name)
    {
        var digits = field.TrimEnd((byte)' ');
        var value = 0L;
        foreach (var b in digits)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                throw ArchiveRefusal.Of($"Member '{name}' of the package has a malformed size.");
            }

            value = value * 10 + (b - '0'); // ten digits at most
        }

        return digits.IsEmpty ? throw ArchiveRefusal.Of($"Member '{name}' of the package has no size.") : value;
    }
}
