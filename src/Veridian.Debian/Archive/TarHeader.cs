using System.Buffers.Binary;

namespace Veridian.Debian.Archive;

/// <summary>One 512-byte block of a tar archive, read as a header.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-4.</remarks>
internal readonly ref struct TarHeader
{
    internal const int BlockLength = 512;

    private readonly ReadOnlySpan<byte> _block;

    /// <summary>Checks mark and checksum.</summary>
    internal TarHeader(ReadOnlySpan<byte> block)
    {
        _block = block;
        if (ReadNumber(148, 8, "checksum") != Checksum())
        {
            throw ArchiveRefusal.Of($"The header of {Quoted} has a wrong checksum.");
        }

        IsPosix = block[257..265].SequenceEqual("ustar\000"u8);
        if (!IsPosix && !block[257..265].SequenceEqual("ustar  \0"u8))
        {
            throw ArchiveRefusal.Of($"The header of {Quoted} is in neither the ustar nor the GNU format.");
        }
    }

    internal byte Type => _block[156];

    internal long Size => ReadNumber(124, 12, "size");

    internal int Mode => (int)(ReadNumber(100, 8, "mode") & 0xFFF);

    internal ReadOnlySpan<byte> Name => Text(0, 100);

    internal ReadOnlySpan<byte> LinkName => Text(157, 100);

    /// <summary>In the POSIX format the leading part of a long name; GNU keeps times there.</summary>
    internal ReadOnlySpan<byte> Prefix => IsPosix ? Text(345, 155) : [];

    internal string Quoted => ArchiveRefusal.Quote(Name);

    private bool IsPosix { get; }

    private ReadOnlySpan<byte> Text(int at, int length)
    {
        var field = _block.Slice(at, length);
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private int Checksum()
    {
        var sum = 8 * ' ';
        for (var i = 0; i < BlockLength; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : _block[i];
        }

        return sum;
    }

    // Octal digits between optional spaces, ended by NUL or space; or base-256 where the first bit is set.
    private long ReadNumber(int at, int length, string what)
    {
        var field = _block.Slice(at, length);
        if (field[0] >= 0x80)
        {
            return ReadBase256(field, what);
        }

        var end = field.IndexOf((byte)0);
        var digits = (end < 0 ? field : field[..end]).Trim((byte)' ');
        var value = 0L;
        foreach (var b in digits)
        {
            value = b is >= (byte)'0' and <= (byte)'7' ? (value << 3) | (uint)(b - '0') : throw Malformed(what);
        }

        return digits.IsEmpty ? throw Malformed(what) : value; // twelve digits are 36 bits
    }

    private long ReadBase256(ReadOnlySpan<byte> field, string what)
    {
        var low = BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        var high = field[..^8];
        var fits = field.Length > 8 && high[0] == 0x80 && high[1..].IndexOfAnyExcept((byte)0) < 0 && low >= 0;
        return fits ? low : throw Malformed(what);
    }

    private Core.Errors.UntrustedException Malformed(string what) => ArchiveRefusal.Of($"The header of {Quoted} has a malformed {what}.");
}
