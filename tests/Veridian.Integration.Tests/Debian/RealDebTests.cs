using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using Veridian.Core.Paths;
using Veridian.Core.Trees;
using Veridian.Debian.Archive;

namespace Veridian.Integration.Tests.Debian;

[SupportedOSPlatform("linux")]
public sealed class RealDebTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("veridian-deb-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("xz")]
    [InlineData("zstd")]
    [InlineData("gzip")]
    [InlineData("none")]
    public async Task A_package_of_the_real_tool_unpacks_to_what_went_in(string compression)
    {
        if (RealTool.IsMissing("dpkg-deb"))
        {
            return;
        }

        var expected = WriteSource();
        var deb = Path.Combine(_folder, "demo.deb");
        await RealTool.RunAsync("dpkg-deb", ["--root-owner-group", "-Z" + compression, "-b", Path.Combine(_folder, "source"), deb]);

        foreach (var threads in new[] { 1, 2 })
        {
            var sink = new DigestSink();
            await using var stream = File.OpenRead(deb);
            var contents = DebReader.Unpack(stream, sink, DebLimits.ForInstalledBytes(8 << 20), threads, CancellationToken.None);
            Assert.Equal(expected.Order(StringComparer.Ordinal), sink.Entries.Order(StringComparer.Ordinal));
            Assert.Equal(["control", "postinst"], contents.Control.Members.Select(m => m.Name));
            Assert.Equal(["usr/bin/tool: setuid bit is not kept"], contents.Neutralised);
        }
    }

    [Fact]
    public async Task A_real_package_cut_off_anywhere_is_refused()
    {
        if (RealTool.IsMissing("dpkg-deb"))
        {
            return;
        }

        WriteSource();
        File.Delete(Path.Combine(_folder, "source/usr/share/demo/large"));
        var deb = Path.Combine(_folder, "demo.deb");
        await RealTool.RunAsync("dpkg-deb", ["--root-owner-group", "-Zxz", "-b", Path.Combine(_folder, "source"), deb]);
        var bytes = await File.ReadAllBytesAsync(deb);
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<Core.Errors.UntrustedException>(() =>
                DebReader.Unpack(new MemoryStream(bytes, 0, length), new DigestSink(), DebLimits.ForInstalledBytes(1 << 20), 1, CancellationToken.None));
        }
    }

    private List<string> WriteSource()
    {
        var source = Path.Combine(_folder, "source");
        var deep = "usr/share/demo/" + string.Join('/', Enumerable.Repeat("a-rather-long-folder-name", 6));
        foreach (var folder in new[] { "DEBIAN", "bin", "usr/bin", deep })
        {
            Directory.CreateDirectory(Path.Combine(source, folder));
        }

        void Write(string path, string text, UnixFileMode mode)
        {
            File.WriteAllText(Path.Combine(source, path), text);
            File.SetUnixFileMode(Path.Combine(source, path), mode);
        }

        const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var large = new string('x', 3_000_000);
        Write("DEBIAN/control", "Package: demo\nVersion: 1.0\nArchitecture: all\nMaintainer: Nobody <nobody@example.org>\nDescription: demo\n", Plain);
        Write("DEBIAN/postinst", "#!/bin/sh\n", Executable);
        Write("bin/old", "#!/bin/sh\n", Executable);
        Write("usr/bin/tool", "tool", Executable | UnixFileMode.SetUser);
        Write(deep + "/grüße", "hello", Plain);
        Write("usr/share/demo/large", large, Plain);
        File.CreateSymbolicLink(Path.Combine(source, "usr/bin/alias"), "../" + deep[4..] + "/grüße");
        var all = new List<string>
        {
            $"exe usr/bin/old {Digest("#!/bin/sh\n")}", $"exe usr/bin/tool {Digest("tool")}", $"file {deep}/grüße {Digest("hello")}",
            $"file usr/share/demo/large {Digest(large)}", $"link usr/bin/alias ../{deep[4..]}/grüße", "dir usr/bin", "dir usr",
        };
        for (var at = deep; at != "usr"; at = Path.GetDirectoryName(at)!)
        {
            all.Add("dir " + at);
        }

        return all;
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private sealed class DigestSink : ITreeSink
    {
        private readonly HashSet<string> _entries = new(StringComparer.Ordinal);

        public IEnumerable<string> Entries => _entries;

        public void Directory(RelativePath path) => _entries.Add($"dir {path}");

        public void File(RelativePath path, bool executable, long length, Stream content) =>
            Assert.True(_entries.Add($"{(executable ? "exe" : "file")} {path} {Convert.ToHexStringLower(SHA256.HashData(content))}"));

        public void SymbolicLink(RelativePath path, string target) => Assert.True(_entries.Add($"link {path} {target}"));

        public void HardLink(RelativePath path, RelativePath target) => Assert.True(_entries.Add($"hard {path} {target}"));
    }
}
