using System.Globalization;
using System.Text;
using Veridian.Unit.Tests.Formats.Compression;

namespace Veridian.Unit.Tests.Debian.Archive;

/// <summary>Writes .deb files in memory, good and bad ones.</summary>
internal sealed class DebBuilder
{
    private readonly MemoryStream _bytes = new();

    internal DebBuilder() => _bytes.Write("!<arch>\n"u8);

    internal static byte[] Control { get; } = new TarBuilder().Directory("./").File("./control", "Package: demo\nVersion: 1\n").End();

    internal DebBuilder Member(string name, byte[] content, string? length = null)
    {
        var size = length ?? content.Length.ToString(CultureInfo.InvariantCulture);
        _bytes.Write(Encoding.ASCII.GetBytes($"{name,-16}{1700000000,-12}{0,-6}{0,-6}{100644,-8}{size,-10}`\n"));
        _bytes.Write(content);
        if ((content.Length & 1) != 0)
        {
            _bytes.WriteByte((byte)'\n');
        }

        return this;
    }

    internal byte[] Bytes() => _bytes.ToArray();

    internal static byte[] Of(byte[] dataTar, string format = "") => Of(Control, dataTar, format);

    internal static byte[] Of(byte[] controlTar, byte[] dataTar, string format)
    {
        var extension = format switch { "gzip" => ".gz", "zstd" => ".zst", _ => "" };
        byte[] Pack(byte[] tar) => format.Length == 0 ? tar : DecompressorTests.Compress(tar, format);
        return new DebBuilder().Member("debian-binary", "2.0\n"u8.ToArray()).Member("control.tar" + extension, Pack(controlTar)).Member("data.tar" + extension, Pack(dataTar)).Bytes();
    }
}
