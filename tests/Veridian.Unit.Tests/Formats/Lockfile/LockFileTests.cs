using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Formats.Lockfile;
using Veridian.Unit.Tests.Formats.Toml;
using Xunit.Abstractions;

namespace Veridian.Unit.Tests.Formats.Lockfile;

public sealed class LockFileTests(ITestOutputHelper output)
{
    private static readonly string Vectors = RepositoryRoot.Path("store-format", "lockfile", "vectors");

    [Fact]
    public void Writing_and_reading_any_lock_gives_the_same_lock_and_the_same_bytes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var lockFile = RandomLock(new Random(seed));
            var bytes = LockFileWriter.Write(lockFile);
            var again = LockFileReader.Read(bytes, "vpkg.lock");
            Assert.True(bytes.AsSpan().SequenceEqual(LockFileWriter.Write(again)), $"seed {seed}");
            Assert.True(Facts(lockFile).SetEquals(Facts(again)), $"seed {seed}");
        }
    }

    [Fact]
    public void The_order_of_lists_does_not_show_in_the_bytes()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var lockFile = RandomLock(new Random(seed));
            var turned = new LockFile
            {
                Selections = [.. lockFile.Selections.Reverse().Select(selection => selection with
                {
                    Packages = [.. selection.Packages.Reverse().Select(package => package with { Depends = [.. package.Depends.Reverse()] })],
                    Snapshots = [.. selection.Snapshots.Reverse()],
                })],
            };
            Assert.True(LockFileWriter.Write(lockFile).AsSpan().SequenceEqual(LockFileWriter.Write(turned)), $"seed {seed}");
        }
    }

    [Fact]
    public void One_package_is_one_line_in_ascii_order()
    {
        var lockFile = RandomLock(new Random(7));
        var lines = Encoding.UTF8.GetString(LockFileWriter.Write(lockFile)).Split('\n').Where(line => line.StartsWith("  { name = ", StringComparison.Ordinal)).ToList();
        Assert.Equal(lockFile.Selections.Sum(selection => selection.Packages.Count), lines.Count);
        Assert.All(lines, line => Assert.EndsWith(" },", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_selection_replaces_the_one_of_the_same_environment_and_platform()
    {
        var lockFile = RandomLock(new Random(3));
        var first = lockFile.Selections[0];
        var changed = lockFile.With(first with { Objective = "9" });
        Assert.Equal(lockFile.Selections.Count, changed.Selections.Count);
        Assert.Equal("9", changed.Find(first.Environment, first.Platform)!.Objective);
        Assert.Null(changed.Find("none", first.Platform));
    }

    [Fact]
    public void Descriptions_of_repositories_become_one_line_of_bounded_length()
    {
        var package = Package("a", new Random(1)) with { Description = "x\n[packages]\u001b" + new string('y', 157) + "😀" };
        var lockFile = new LockFile { Selections = [Selection("default", "linux-amd64") with { Packages = [package] }] };
        var read = LockFileReader.Read(LockFileWriter.Write(lockFile), "vpkg.lock").Selections[0].Packages[0];
        Assert.StartsWith("x [packages] y", read.Description, StringComparison.Ordinal);
        Assert.True(read.Description.Length <= LockFileWriter.MaxDescription);
    }

    [Fact]
    public void Canonical_vectors_read_and_come_out_as_they_are()
    {
        var files = Directory.GetFiles(Path.Combine(Vectors, "ok"), "*.lock");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            Assert.True(bytes.AsSpan().SequenceEqual(LockFileWriter.Write(LockFileReader.Read(bytes, file))), file);
        }
    }

    /// <summary>The first line of a bad vector says the expected id, and line and words of the message.</summary>
    [Fact]
    public void Bad_vectors_are_refused_for_the_reason_they_state()
    {
        var files = Directory.GetFiles(Path.Combine(Vectors, "bad"), "*.lock");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var expected = File.ReadLines(file).First()["# expect ".Length..].Split(' ', 3);
            var error = Assert.Throws<InvalidInputException>(() => LockFileReader.Read(File.ReadAllBytes(file), Path.GetFileName(file)));
            output.WriteLine($"{error.Place}: error[{error.Code}]: {error.Message} {error.Hint}");
            Assert.Equal($"{Path.GetFileName(file)} {expected[0]} {expected[1]}", $"{Path.GetFileName(file)} {error.Code} {error.Place!.Line}");
            Assert.Contains(expected[2], error.Message, StringComparison.Ordinal);
            Assert.NotEmpty(error.Hint);
        }
    }

    [Fact]
    public void No_cut_and_no_changed_byte_of_a_lock_escapes_as_another_kind_of_failure()
    {
        var bytes = LockFileWriter.Write(RandomLock(new Random(5)));
        var random = new Random(11);
        for (var i = 0; i < 400; i++)
        {
            var changed = bytes[..(i % 4 == 0 ? random.Next(bytes.Length) : bytes.Length)];
            for (var j = random.Next(3); j > 0 && changed.Length > 0; j--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = LockFileReader.Read(changed, "vpkg.lock");
            }
            catch (InvalidInputException error)
            {
                Assert.True(error.Code == ErrorCodes.LockSyntax || error.Code == ErrorCodes.LockConflictMarkers, error.ToString());
                Assert.NotNull(error.Place);
            }
        }
    }

    /// <summary>Everything a lock says, piece by piece and without order.</summary>
    private static HashSet<string> Facts(LockFile lockFile)
    {
        var facts = new HashSet<string>();
        foreach (var selection in lockFile.Selections)
        {
            var at = $"{selection.Environment}/{selection.Platform}";
            Assert.True(facts.Add($"{at} {selection.Inputs} {selection.Objective} {selection.Scripts}"));
            foreach (var snapshot in selection.Snapshots)
            {
                Assert.True(facts.Add($"{at} {snapshot with { Signers = [] }} {string.Join(',', snapshot.Signers.Order(StringComparer.Ordinal))}"));
            }

            foreach (var package in selection.Packages)
            {
                Assert.True(facts.Add($"{at} {package with { Depends = [] }} {string.Join(',', package.Depends.Order(StringComparer.Ordinal))}"));
            }
        }

        return facts;
    }

    private static LockFile RandomLock(Random random) => new()
    {
        Selections =
        [
            .. new[] { ("test", "linux-arm64"), ("default", "linux-amd64"), ("a.b", "linux-amd64"), ("default", "linux-arm64") }
                .Where(_ => random.Next(4) > 0).DefaultIfEmpty(("default", "linux-s390x"))
                .Select(key => RandomSelection(key.Item1, key.Item2, random)),
        ],
    };

    private static LockedSelection RandomSelection(string environment, string platform, Random random)
    {
        var names = Enumerable.Range(0, random.Next(12)).Select(_ => $"p{random.Next(1000)}+{(char)('a' + random.Next(26))}.x").Distinct().ToList();
        return Selection(environment, platform) with
        {
            Objective = $"{random.Next(9)}\"\\é",
            Scripts = new[] { "", "native", "run", "none" }[random.Next(4)],
            Snapshots =
            [
                .. Enumerable.Range(0, random.Next(3)).Select(i => new LockedSnapshot
                {
                    Repository = "debian", Url = "https://deb.example.org/debian", Suite = $"s{i}", Component = "main",
                    Date = "2026-01-31T23:59:59Z", Release = new Sha256Digest(Bytes(random)),
                    Signers = random.Next(2) == 0 ? [] : ["4CB5", "ABCD"],
                }),
            ],
            Packages = [.. names.Select(name => Package(name, random) with { Depends = [.. names.Where(_ => random.Next(3) == 0)] })],
        };
    }

    private static LockedSelection Selection(string environment, string platform) => new()
    {
        Environment = environment,
        Platform = platform,
        Inputs = new string('a', 64),
        Objective = "1",
    };

    private static LockedPackage Package(string name, Random random)
    {
        var digest = new Blake3Digest(Bytes(random));
        return new LockedPackage
        {
            Name = name,
            Version = $"{random.Next(9)}:1.{random.Next(99)}~rc1-2",
            Architecture = random.Next(2) == 0 ? "amd64" : "all",
            Repository = "debian",
            Suite = "bookworm-updates",
            Url = $"pool/main/{name}_%3a1.deb",
            Size = random.NextInt64(1L << 40),
            Sha256 = new Sha256Digest(Bytes(random)),
            InstalledSize = random.Next(2) * random.NextInt64(1L << 40),
            Description = random.Next(2) == 0 ? "" : "tool \"é\" \\ {}, # [x]",
            Requested = random.Next(2) == 0,
            Essential = random.Next(2) == 0,
            Store = random.Next(2) == 0 ? null : StorePath.Create(digest, name, "1:2"),
            Tree = random.Next(2) == 0 ? null : digest,
        };
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[32];
        random.NextBytes(bytes);
        return bytes;
    }
}
