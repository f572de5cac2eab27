using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>The door for judges, asked as a judge asks it: one process per question.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-1 to CC-8.</remarks>
public sealed class ConformanceDoorTests
{
    private static readonly string Program = Find();

    [NeedsFact(Needs.TestData)]
    public void Every_valid_text_of_the_suite_is_decoded()
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(Suite("valid"), Two, file =>
        {
            var (exit, output, error) = Ask(File.ReadAllBytes(file), "toml-decode");
            if (exit != 0)
            {
                wrong.Add($"{file}: {exit} {error}");
                return;
            }

            using var actual = JsonDocument.Parse(output);
            using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file, ".json")));
            if (Shape(expected.RootElement) != Shape(actual.RootElement))
            {
                wrong.Add($"{file}: {output}");
            }
        });
        AssertNone(wrong);
    }

    [NeedsFact(Needs.TestData)]
    public void Every_invalid_text_of_the_suite_gives_1_and_its_place()
    {
        var wrong = new ConcurrentBag<string>();
        Parallel.ForEach(Suite("invalid"), Two, file =>
        {
            var (exit, output, error) = Ask(File.ReadAllBytes(file), "toml-decode");
            var place = error.Split(": ")[0].Split(':');
            if (exit != 1 || output.Length > 0 || place is not ["stdin", var line, var column]
                || int.Parse(line, CultureInfo.InvariantCulture) < 1 || int.Parse(column, CultureInfo.InvariantCulture) < 1)
            {
                wrong.Add($"{file}: {exit} {error}");
            }
        });
        AssertNone(wrong);
    }

    [NeedsFact(Needs.TestData)]
    public void The_published_vectors_of_BLAKE3_hold_in_every_mode_and_length()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(TestData.PathOf("blake3/test_vectors.json")));
        var key = Convert.ToHexString(Encoding.ASCII.GetBytes(vectors.RootElement.GetProperty("key").GetString()!));
        var context = vectors.RootElement.GetProperty("context_string").GetString()!;
        foreach (var vector in vectors.RootElement.GetProperty("cases").EnumerateArray().Where((_, i) => i % 3 == 0))
        {
            var input = new byte[vector.GetProperty("input_len").GetInt32()];
            for (var i = 0; i < input.Length; i++)
            {
                input[i] = (byte)(i % 251);
            }

            Check("hash");
            Check("keyed_hash", "--keyed", key);
            Check("derive_key", "--derive", context);

            void Check(string mode, params string[] options)
            {
                var expected = vector.GetProperty(mode).GetString()!;
                Assert.Equal((0, expected + "\n", ""), Ask(input, ["blake3", .. options, "--length", $"{expected.Length / 2}"]));
            }
        }
    }

    [Theory]
    [InlineData("1.0~rc1", "lt", "1.0", 0)]
    [InlineData("1:0.9", "gt", "2", 0)]
    [InlineData("1.0", "eq", "1.0-0", 0)]
    [InlineData("1.0", "ge", "1.0+b1", 1)]
    [InlineData("1.0", "le", "-1", 2)]
    [InlineData("1.0", "is", "1.0", 2)]
    public void Debian_versions_are_compared(string left, string relation, string right, int exit) =>
        Assert.Equal(exit, Ask([], "deb-version", left, relation, right).Exit);

    [Theory]
    [InlineData("^1.2", "1.9.0", 0)]
    [InlineData("^1.2", "2.0.0", 1)]
    [InlineData(">=1, <2", "1.0.0", 0)]
    [InlineData("<2", "2.0.0-rc.1", 1)]
    [InlineData("^1..2", "1.0.0", 2)]
    [InlineData("^1", "v1.0.0", 2)]
    public void Semantic_versions_are_matched(string constraint, string version, int exit) =>
        Assert.Equal(exit, Ask([], "semver-match", constraint, version).Exit);

    [Fact]
    public void A_package_is_unpacked_to_a_folder_whose_digest_is_the_one_printed()
    {
        using var folder = new TemporaryFolder();
        var package = TinyPackage.Program("demo").Link("usr/bin/other", "demo").File("etc/demo.conf", "a = 1\n");
        File.WriteAllBytes(folder.PathOf("demo.deb"), package.Archive());

        var (exit, output, error) = Ask([], "deb-unpack", folder.PathOf("demo.deb"), folder.PathOf("tree"));

        Assert.True(exit == 0, error);
        Assert.Equal("a = 1\n", File.ReadAllText(folder.PathOf("tree/etc/demo.conf")));
        Assert.Equal("demo", new FileInfo(folder.PathOf("tree/usr/bin/other")).LinkTarget);
        Assert.Equal((0, output, ""), Ask([], "tree-digest", folder.PathOf("tree")));
        Assert.Equal(["demo.deb", "tree"], Names(folder));
    }

    [Fact]
    public void A_refused_package_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        var archive = TinyPackage.Program("demo").Archive();
        File.WriteAllBytes(folder.PathOf("cut.deb"), archive[..(archive.Length - 200)]);

        var (exit, output, error) = Ask([], "deb-unpack", folder.PathOf("cut.deb"), folder.PathOf("tree"));

        Assert.Equal((1, ""), (exit, output));
        Assert.StartsWith("error[VS3009]: ", error, StringComparison.Ordinal);
        Assert.Equal(["cut.deb"], Names(folder));
        Assert.Equal(2, Ask([], "deb-unpack", folder.PathOf("missing.deb"), folder.PathOf("tree")).Exit);
    }

    [Fact]
    public void Names_and_targets_count_for_the_digest_of_a_folder_and_a_pipe_is_refused()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("tree"));
        File.CreateSymbolicLink(folder.PathOf("tree/link"), "/nowhere");
        var first = Ask([], "tree-digest", folder.PathOf("tree"));
        File.Move(folder.PathOf("tree/link"), folder.PathOf("tree/other"));
        var second = Ask([], "tree-digest", folder.PathOf("tree"));
        Assert.Equal((0, 0), (first.Exit, second.Exit));
        Assert.NotEqual(first.Output, second.Output);

        using (var made = Process.Start("mkfifo", [folder.PathOf("tree/pipe")]))
        {
            made.WaitForExit();
        }

        Assert.Equal(1, Ask([], "tree-digest", folder.PathOf("tree")).Exit);
    }

    [Fact]
    public void A_question_that_is_none_gives_2_and_the_usage()
    {
        var (exit, output, error) = Ask([], "toml-encode");
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("usage: ", error, StringComparison.Ordinal);
        Assert.Equal(2, Ask([], "blake3", "--keyed", "abc").Exit);
        Assert.Equal(2, Ask([], "blake3", "--length").Exit);
    }

    private static ParallelOptions Two => new() { MaxDegreeOfParallelism = 2 };

    private static IEnumerable<string> Suite(string half) =>
        Directory.EnumerateFiles(TestData.PathOf("toml/" + half), "*.toml", SearchOption.AllDirectories);

    private static (int Exit, string Output, string Error) Ask(byte[] input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has its answer before it has read everything.
        }

        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }

    // Values may be spelled in several ways (1e3, 1000.0): the unit tests compare them, this looks at the tree.
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object when element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String => type.GetString()!,
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}:{Shape(p.Value)}"))}}}",
        _ => $"[{string.Join(',', element.EnumerateArray().Select(Shape))}]",
    };

    private static IEnumerable<string> Names(TemporaryFolder folder) =>
        Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static void AssertNone(IEnumerable<string> wrong)
    {
        var list = string.Join('\n', wrong.Order(StringComparer.Ordinal));
        Assert.True(list.Length == 0, list);
    }

    private static string Find() => new[] { "release", "debug" }
        .Select(folder => Checkout.PathOf($"artifacts/bin/Veridian.Conformance/{folder}/Veridian.Conformance.dll")).First(File.Exists);
}
