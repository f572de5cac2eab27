using System.Globalization;
using System.Text;

namespace Veridian.Unit.Tests.Debian.Archive;

/// <summary>Writes tar archives in memory, good and bad ones.</summary>
internal sealed class TarBuilder
{
    private readonly MemoryStream _bytes = new();

    internal TarBuilder File(string name, string content = "", int mode = 0x1A4) => // 0644
        Raw(name, '0', Encoding.UTF8.GetBytes(content), mode);

    internal TarBuilder Directory(string name, int mode = 0x1ED) => Raw(name, '5', [], mode); // 0755

    internal TarBuilder SymbolicLink(string name, string target) => Raw(name, '2', [], 0x1FF, target);

    internal TarBuilder HardLink(string name, string target) => Raw(name, '1', [], 0x1A4, target);

    internal TarBuilder Pax(params string[] records) => Raw("pax", 'x', Encoding.UTF8.GetBytes(string.Concat(records.Select(Record))));

    internal TarBuilder LongName(string name) => Raw("././@LongLink", 'L', [.. Encoding.UTF8.GetBytes(name), 0]);

    internal TarBuilder LongLink(string target) => Raw("././@LongLink", 'K', [.. Encoding.UTF8.GetBytes(target), 0]);

    internal TarBuilder Raw(string name, char type, byte[] content, int mode = 0x1A4, string target = "", Action<byte[]>? change = null, bool fixChecksum = true)
    {
        var header = new byte[512];
        Encoding.Latin1.GetBytes(name).CopyTo(header, 0);
        Octal(header, 100, 8, mode);
        Octal(header, 108, 8, 0);
        Octal(header, 116, 8, 0);
        Octal(header, 124, 12, content.Length);
        Octal(header, 136, 12, 1700000000);
        header[156] = (byte)type;
        Encoding.UTF8.GetBytes(target).CopyTo(header, 157);
        "ustar  \0"u8.CopyTo(header.AsSpan(257));
        if (fixChecksum)
        {
            change?.Invoke(header);
        }

        Checksum(header);
        if (!fixChecksum)
        {
            change?.Invoke(header);
        }

        _bytes.Write(header);
        return Bytes(content).Bytes(new byte[-content.Length & 511]);
    }

    internal TarBuilder Bytes(byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    internal byte[] End() => Bytes(new byte[1024]).Unended();

    internal byte[] Unended() => _bytes.ToArray();

    internal static void Octal(byte[] header, int at, int length, long value)
    {
        var text = Convert.ToString(value, 8).PadLeft(length - 1, '0');
        Encoding.ASCII.GetBytes(text).CopyTo(header, at);
        header[at + length - 1] = 0;
    }

    private static void Checksum(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(b => b);
        Octal(header, 148, 7, sum);
        header[155] = (byte)' ';
    }

    private static string Record(string keyValue)
    {
        var body = Encoding.UTF8.GetByteCount(keyValue) + 2;
        var length = body + 1;
        while (length.ToString(CultureInfo.InvariantCulture).Length + body != length)
        {
            length = length.ToString(CultureInfo.InvariantCulture).Length + body;
        }

        return $"{length} {keyValue}\n";
    }
}
