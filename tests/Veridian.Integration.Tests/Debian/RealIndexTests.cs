using System.Diagnostics;
using System.Text;
using Veridian.Debian.Control;
using Veridian.Formats.Compression;

namespace Veridian.Integration.Tests.Debian;

public sealed class RealIndexTests
{
    private const string Main = "debian/bookworm/main/binary-amd64/Packages.xz";

    [Fact]
    public void The_whole_main_archive_is_read_without_a_skipped_stanza()
    {
        if (Unpack(Main) is not { } text)
        {
            return;
        }

        var watch = Stopwatch.StartNew();
        var content = new PackagesReader("amd64").Read(text, 0, 0);
        Console.WriteLine($"{content.Entries.Count} stanzas in {watch.ElapsedMilliseconds} ms");
        Assert.Equal(63_440, content.Entries.Count);
        Assert.Empty(content.Skipped);
        Assert.Equal(63_440, content.Entries.Select(e => (e.Name, e.Version, e.Architecture)).Distinct().Count());
        var bash = content.Entries.Single(e => e.Name == "bash");
        Assert.True(bash.Essential);
        Assert.Contains("base-files (>= 2.1.12)", bash.Depends.Select(row => row[0].ToString()));
    }

    [Theory]
    [InlineData("debian/bookworm-security/main/binary-amd64/Packages.xz")]
    [InlineData("debian/bookworm-updates/main/binary-amd64/Packages.xz")]
    public void The_smaller_archives_are_read_too(string path)
    {
        if (Unpack(path) is { } text)
        {
            var content = new PackagesReader("amd64").Read(text, 0, 0);
            Assert.Equal(text.AsSpan().Count("\nPackage: "u8) + 1, content.Entries.Count);
            Assert.Empty(content.Skipped);
        }
    }

    [Fact]
    public void Every_record_of_the_main_archive_can_be_downloaded()
    {
        if (Unpack(Main) is not { } text)
        {
            return;
        }

        foreach (var entry in new PackagesReader("amd64").Read(text, 0, 0).Entries)
        {
            var record = PackageRecordReader.Read(text.AsSpan((int)entry.Offset, entry.Length));
            Assert.Equal((entry.Name, entry.Version, entry.DownloadBytes), (record.Name, record.Version, record.Size));
            Assert.NotEmpty(record.Summary);
        }
    }

    [Fact]
    public void The_release_of_the_main_archive_vouches_for_its_index()
    {
        if (IndexFile.Find("debian/bookworm/InRelease") is not { } inRelease || Unpack(Main) is not { } text)
        {
            return;
        }

        var signed = File.ReadAllText(inRelease);
        var start = signed.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        var end = signed.IndexOf("-----BEGIN PGP SIGNATURE-----", StringComparison.Ordinal);
        var release = ReleaseReader.Read(Encoding.UTF8.GetBytes(signed[start..end]), "Release of bookworm");
        Assert.Equal("bookworm", release.Codename);
        Assert.True(release.AcquireByHash);
        Assert.Contains("amd64", release.Architectures);
        Assert.Equal(text.Length, release.Files["main/binary-amd64/Packages"].Size);
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(text), release.Files["main/binary-amd64/Packages"].Sha256.Span.ToArray());
    }

    private static byte[]? Unpack(string path)
    {
        if (IndexFile.Find(path) is not { } file)
        {
            return null;
        }

        using var source = File.OpenRead(file);
        using var stream = Decompressor.Open(source, new DecompressionLimits { MaxOutputBytes = 256 << 20 }, 2);
        var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
    }
}
