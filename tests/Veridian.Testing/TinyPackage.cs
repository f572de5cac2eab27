using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Veridian.Testing;

/// <summary>A Debian package of a few files, and its archive made in memory.</summary>
public sealed class TinyPackage(string name, string version)
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
    private readonly List<(string Field, string Value)> _fields = [];
    private readonly List<TarEntry> _entries = [];
    private readonly List<(string Name, string Text)> _members = [];
    private readonly HashSet<string> _folders = [];

    public string Name { get; } = name;

    public string Version { get; } = version;

    public string Architecture { get; private set; } = "all";

    /// <summary>A package that is nothing but its documentation.</summary>
    public static TinyPackage Plain(string name, string version = "1.0", string? depends = null)
    {
        var package = new TinyPackage(name, version).File($"usr/share/doc/{name}/readme", $"{name} {version}\n");
        return depends is null ? package : package.Field("Depends", depends);
    }

    /// <summary>A package with one program that says its name and version.</summary>
    public static TinyPackage Program(string name, string version = "1.0", int exitCode = 0, string? depends = null) =>
        Plain(name, version, depends).Executable($"usr/bin/{name}", TinyProgram.Make($"{name} {version}\n", exitCode));

    /// <summary>Adds a control field, <c>Depends</c> or another.</summary>
    public TinyPackage Field(string field, string value)
    {
        _fields.Add((field, value));
        return this;
    }

    public TinyPackage File(string path, string text) => Entry(new UstarTarEntry(TarEntryType.RegularFile, Folders(path))
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        Mode = (UnixFileMode)0x1A4, // 0644
    });

    public TinyPackage Executable(string path, byte[] content)
    {
        Architecture = "amd64";
        return Entry(new UstarTarEntry(TarEntryType.RegularFile, Folders(path)) { DataStream = new MemoryStream(content), Mode = (UnixFileMode)0x1ED }); // 0755
    }

    public TinyPackage Link(string path, string target) => Entry(new UstarTarEntry(TarEntryType.SymbolicLink, Folders(path)) { LinkName = target });

    /// <summary>Adds a maintainer script or another member of the control archive.</summary>
    public TinyPackage Member(string name, string text)
    {
        _members.Add((name, text));
        return this;
    }

    /// <summary>The package's paragraph, without what only an index knows.</summary>
    public string Control()
    {
        var text = new StringBuilder($"Package: {Name}\nVersion: {Version}\nArchitecture: {Architecture}\nMaintainer: Nobody <nobody@example.org>\nInstalled-Size: 10\n");
        foreach (var (field, value) in _fields)
        {
            text.Append(CultureInfo.InvariantCulture, $"{field}: {value}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"Description: {Name} for tests\n").ToString();
    }

    /// <summary>The archive.</summary>
    public byte[] Archive()
    {
        using var bytes = new MemoryStream();
        bytes.Write("!<arch>\n"u8);
        Member(bytes, "debian-binary", "2.0\n"u8.ToArray());
        Member(bytes, "control.tar.gz", Tar(_members.Prepend(("control", Control())).Select(ControlEntry)));
        Member(bytes, "data.tar.gz", Tar(_entries));
        return bytes.ToArray();
    }

    private static TarEntry ControlEntry((string Name, string Text) member) => new UstarTarEntry(TarEntryType.RegularFile, "./" + member.Name)
    {
        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(member.Text)),
        Mode = (UnixFileMode)0x1ED,
        ModificationTime = Time,
    };

    private TinyPackage Entry(TarEntry entry)
    {
        entry.ModificationTime = Time;
        _entries.Add(entry);
        return this;
    }

    private string Folders(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (_folders.Add(path[..slash]))
            {
                Entry(new UstarTarEntry(TarEntryType.Directory, $"./{path[..slash]}/") { Mode = (UnixFileMode)0x1ED });
            }
        }

        return "./" + path;
    }

    private static byte[] Tar(IEnumerable<TarEntry> entries)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new TarWriter(packed, TarEntryFormat.Ustar))
        {
            foreach (var entry in entries)
            {
                entry.DataStream?.Seek(0, SeekOrigin.Begin);
                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    private static void Member(MemoryStream archive, string name, byte[] content)
    {
        archive.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name,-16}{1700000000,-12}{0,-6}{0,-6}{100644,-8}{content.Length,-10}`\n")));
        archive.Write(content);
        if ((content.Length & 1) != 0)
        {
            archive.WriteByte((byte)'\n');
        }
    }
}
