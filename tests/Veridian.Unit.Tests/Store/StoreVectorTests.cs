using System.Text.Json;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Store.Generations;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;
using Veridian.Testing;
using Veridian.Testing.Vectors;

namespace Veridian.Unit.Tests.Store;

public sealed class StoreVectorTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Ok => [.. StoreVectors.Make().Select(v => v.Path).Where(p => p.Contains("/ok/", StringComparison.Ordinal))];

    public static TheoryData<string> Bad => [.. StoreVectors.Make().Select(v => v.Path).Where(p => p.Contains("/bad/", StringComparison.Ordinal))];

    [Fact]
    public void The_vectors_on_disk_are_what_the_generator_makes()
    {
        foreach (var (path, bytes) in StoreVectors.Make())
        {
            Golden.MatchesVector(path["store-format/".Length..], bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Ok))]
    public void A_good_file_reads_and_is_written_again_byte_for_byte(string path)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Root, path));

        Assert.Equal(bytes, ReadAndWrite(path, bytes));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_file_is_refused_and_named(string path)
    {
        var error = Assert.Throws<StoreDamagedException>(() => ReadAndWrite(path, File.ReadAllBytes(Path.Combine(Root, path))));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trees_have_the_digests_that_the_vectors_state()
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, "store-format/tree/vectors/trees.json")));
        foreach (var tree in json.RootElement.EnumerateArray())
        {
            var entries = tree.GetProperty("entries").EnumerateArray().Select(ReadEntry).Reverse().ToList();
            Assert.Equal(tree.GetProperty("digest").GetString(), TreeDigest.Of(entries).ToString());
        }
    }

    private static TreeEntry ReadEntry(JsonElement entry)
    {
        var (type, path) = (entry.GetProperty("type").GetString(), RelativePath.Of(entry.GetProperty("path").GetString()!));
        return type switch
        {
            "d" => TreeEntry.Directory(path),
            "l" => TreeEntry.SymbolicLink(path, entry.GetProperty("target").GetString()!),
            _ => TreeEntry.File(path, type == "x",
                Blake3Digest.TryParse(entry.GetProperty("content").GetString(), out var digest) ? digest : default, 0),
        };
    }

    private static byte[] ReadAndWrite(string path, byte[] bytes) => (Path.GetExtension(path), Path.GetFileName(path)) switch
    {
        (".control", _) => ControlData.Read(bytes, path).Write(),
        (".manifest", "environment.manifest") => EnvironmentManifest.Read(bytes, path).Write(),
        (".manifest", _) => ObjectManifest.Read(bytes, path).Write(),
        _ => GenerationRecord.Read(bytes, path, pinned: false).Write(),
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Veridian.Store.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository's root is not above the test program.");
    }
}
