using System.Formats.Tar;
using System.Globalization;
using System.Text;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Debian.Archive;
using Veridian.Testing;
using static Veridian.Fuzz.Parser;
using TarEntry = System.Formats.Tar.TarEntry;
using TarReader = Veridian.Debian.Archive.TarReader;

namespace Veridian.Fuzz.Parsers;

/// <summary>Debian's archives: ar, tar, control data, whole packages.</summary>
internal static class Archives
{
    private const int Block = 512;
    private const long MostOut = 1 << 20;

    private static readonly DebLimits Limits = new() { MaxTotalBytes = MostOut, MaxFileBytes = MostOut, MaxEntries = 5000, MaxMemoryBytes = 64 << 20 };
    private static readonly string[] TarWords = ["ustar\00000"[..8], "ustar  \0", "../", "/etc/passwd", "./", "././@LongLink", "11 path=a\n", "22 size=18446744073709551615\n", "17 linkpath=../..\n", "7777777777", "usr/lib", "bin"];

    public static IEnumerable<Parser> All =>
    [
        new("ar", () => [Deb(Tar(TarEntryFormat.Ustar)), Deb(Tar(TarEntryFormat.Gnu))], Ar)
        {
            Words = ["!<arch>\n", "`\n", "debian-binary   ", "control.tar     ", "data.tar.gz     ", "0         ", "4294967296", "/0              "],
        },
        new("tar", () => [Tar(TarEntryFormat.Ustar), Tar(TarEntryFormat.Pax), Tar(TarEntryFormat.Gnu)], TarArchive) { Words = TarWords, Mend = MendTar, MostBytes = 32 << 10 },
        new("control", () => [Control("control", "postinst", "conffiles")], ControlArchive) { Words = [.. TarWords, "./control", "./postinst", "Package: "], Mend = MendTar },
        new("deb", () => [Deb(Tar(TarEntryFormat.Ustar)), Deb(Tar(TarEntryFormat.Pax)), TinyPackage.Program("demo").Link("usr/bin/other", "demo").Archive()], Package)
        {
            Words = TarWords, Mend = MendDeb, MostBytes = 32 << 10,
        },
    ];

    private static string Ar(byte[] input)
    {
        var reader = new ArReader(new MemoryStream(input));
        var word = new StringBuilder();
        while (reader.Next() is { } member)
        {
            Require(member.Name.Length is > 0 and <= 16 && !member.Name.Contains('/', StringComparison.Ordinal), "a member has a plain name");
            word.Append(Size(member.Content.ReadByte() + 1)).Append(Size(member.Length));
        }

        return word.ToString();
    }

    private static string TarArchive(byte[] input)
    {
        var reader = new TarReader(new MemoryStream(input), "The archive");
        var word = new StringBuilder();
        var buffer = new byte[4096];
        while (reader.Next() is { } entry)
        {
            word.Append(entry.Kind.ToString()[..1]);
            while (entry.Content.Read(buffer) > 0)
            {
            }
        }

        return word.Length > 20 ? word.ToString(0, 20) : word.ToString();
    }

    private static string ControlArchive(byte[] input)
    {
        var control = DebReader.ReadControl(new MemoryStream(Members(("debian-binary", "2.0\n"u8.ToArray()), ("control.tar", input))), Limits);
        Require(control.Members.All(member => !member.Name.Contains('/', StringComparison.Ordinal)), "control data has no folders");
        return string.Join(',', control.Members.Select(member => Size(member.Bytes.Length)));
    }

    private static string Package(byte[] input)
    {
        var sink = new JudgingSink();
        var contents = DebReader.Unpack(new MemoryStream(input), sink, Limits, threads: 1, CancellationToken.None);
        Require(contents.FileBytes <= MostOut, "a package keeps its limits");
        return sink.Word.Length > 20 ? sink.Word.ToString(0, 20) : sink.Word.ToString();
    }

    private static byte[] Deb(byte[] data) => Members(("debian-binary", "2.0\n"u8.ToArray()), ("control.tar", Control("control")), ("data.tar", data));

    private static byte[] Members(params (string Name, byte[] Content)[] members)
    {
        using var bytes = new MemoryStream();
        bytes.Write("!<arch>\n"u8);
        foreach (var (name, content) in members)
        {
            bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name,-16}{1700000000,-12}{0,-6}{0,-6}{100644,-8}{content.Length,-10}`\n")));
            bytes.Write(content);
            bytes.Write("\n"u8[..(content.Length & 1)]);
        }

        return bytes.ToArray();
    }

    private static byte[] Control(params string[] names) => Write(
        TarEntryFormat.Ustar, names.Select(name => Entry(new UstarTarEntry(TarEntryType.RegularFile, "./" + name), name == "control" ? "Package: demo\nVersion: 1\n" : "#!/bin/sh\n")));

    private static byte[] Tar(TarEntryFormat format) => Write(format,
    [
        Make(format, TarEntryType.Directory, "./usr/"), Make(format, TarEntryType.Directory, "./usr/bin/"),
        Entry(Make(format, TarEntryType.RegularFile, "./usr/bin/demo"), "#!/bin/sh\necho demo\n"),
        Linked(Make(format, TarEntryType.SymbolicLink, "./usr/bin/other"), "demo"),
        Linked(Make(format, TarEntryType.HardLink, "./usr/bin/third"), "./usr/bin/demo"),
        .. format == TarEntryFormat.Ustar ? [] : new[] { Entry(Make(format, TarEntryType.RegularFile, "./usr/" + string.Concat(Enumerable.Repeat("long/", 30)) + "name"), "x") },
    ]);

    private static TarEntry Make(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.Pax => new PaxTarEntry(type, name),
        TarEntryFormat.Gnu => new GnuTarEntry(type, name),
        _ => new UstarTarEntry(type, name),
    };

    private static TarEntry Entry(TarEntry entry, string text)
    {
        entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return entry;
    }

    private static TarEntry Linked(TarEntry entry, string target)
    {
        entry.LinkName = target;
        return entry;
    }

    private static byte[] Write(TarEntryFormat format, IEnumerable<TarEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, format, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                entry.ModificationTime = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] MendTar(byte[] input)
    {
        MendHeaders(input);
        return input;
    }

    private static byte[] MendDeb(byte[] input)
    {
        var at = input.AsSpan().IndexOf("data.tar        "u8);
        if (at > 0 && at + 60 < input.Length)
        {
            MendHeaders(input.AsSpan(at + 60));
        }

        return input;
    }

    // The sum of a header's bytes, as six octal digits, with the field itself counted as spaces.
    private static void MendHeaders(Span<byte> tar)
    {
        for (var at = 0; at + Block <= tar.Length;)
        {
            var header = tar.Slice(at, Block);
            if (!header.ContainsAnyExcept((byte)0))
            {
                return;
            }

            header.Slice(148, 8).Fill((byte)' ');
            var sum = 0;
            foreach (var b in header)
            {
                sum += b;
            }

            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(header[148..]);
            var size = 0L;
            foreach (var b in header.Slice(124, 11))
            {
                size = b is >= (byte)'0' and <= (byte)'7' ? size * 8 + (b - '0') : size;
            }

            at += Block + (int)Math.Min((size + Block - 1) / Block * Block, int.MaxValue / 4);
        }
    }

    /// <summary>A tree in which nothing may land on another thing, or below anything but a directory.</summary>
    private sealed class JudgingSink : ITreeSink
    {
        private readonly Dictionary<string, char> _kinds = new(StringComparer.Ordinal);
        private readonly byte[] _buffer = new byte[4096];

        public StringBuilder Word { get; } = new();

        public void Directory(RelativePath path)
        {
            Require(!_kinds.TryGetValue(path.Text, out var there) || there == 'd', "a directory lands on no other thing");
            Below(path);
            _kinds[path.Text] = 'd';
            Word.Append('d');
        }

        public void File(RelativePath path, bool executable, long length, Stream content)
        {
            New(path, 'f');
            for (var left = length; left > 0;)
            {
                var read = content.Read(_buffer, 0, (int)Math.Min(left, _buffer.Length));
                Require(read > 0, "a file has the length that was announced");
                left -= read;
            }
        }

        public void SymbolicLink(RelativePath path, string target)
        {
            Require(target.Length > 0, "a link has a target");
            New(path, 'l');
        }

        public void HardLink(RelativePath path, RelativePath target)
        {
            Require(_kinds.GetValueOrDefault(target.Text) == 'f', "a hard link is to a file that came before");
            New(path, 'f');
        }

        private void New(RelativePath path, char kind)
        {
            Below(path);
            Require(_kinds.TryAdd(path.Text, kind), "nothing lands on another thing");
            Word.Append(kind);
        }

        private void Below(RelativePath path)
        {
            for (var parent = path.Parent; parent is not null; parent = parent.Parent)
            {
                Require(!_kinds.TryGetValue(parent.Text, out var kind) || kind == 'd', "nothing lands below a file or a link");
                _kinds[parent.Text] = 'd';
            }
        }
    }
}
