using Veridian.Debian.Control;
using Veridian.Formats.Compression;
using Veridian.Solver;
using Veridian.Solver.Explaining;
using Veridian.Solver.Indexing;
using Xunit.Abstractions;

namespace Veridian.Unit.Tests.Solver;

/// <summary>A real distribution: 66,000 packages of Debian 12 with its updates.</summary>
public sealed class BookwormTests(BookwormTests.Bookworm bookworm, ITestOutputHelper output) : IClassFixture<BookwormTests.Bookworm>
{
    [Theory]
    [InlineData("vim", 12)]
    [InlineData("gimp", 247)]
    [InlineData("task-gnome-desktop", 847)]
    [InlineData("texlive-full", 561)]
    [InlineData("nginx postgresql python3-django libreoffice", 277)]
    public void The_best_selection_is_the_same_by_Horn_and_by_Z3(string names, int packages)
    {
        if (bookworm.IsMissing(output))
        {
            return;
        }

        var request = Ask(names);
        var answer = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(bookworm.Index!, request, CancellationToken.None));
        var byZ3 = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(bookworm.Index!, request with { ForceZ3 = true }, CancellationToken.None));
        output.WriteLine($"{answer.Proof}: {answer.Objective}");
        Assert.Equal(packages, answer.Versions.Count);
        Assert.Equal(answer.Versions, byZ3.Versions);
        Assert.Equal(answer.Objective, byZ3.Objective);
    }

    [Fact]
    public void A_whole_environment_has_essentials_and_recommended_packages_and_no_usrmerge()
    {
        if (bookworm.IsMissing(output))
        {
            return;
        }

        var request = Ask("task-gnome-desktop") with { Essential = true, Recommends = true, Excluded = ["usrmerge"], AssumedPresent = ["usr-is-merged"] };
        var answer = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(bookworm.Index!, request, CancellationToken.None));
        var byZ3 = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(bookworm.Index!, request with { ForceZ3 = true }, CancellationToken.None));
        output.WriteLine($"{answer.Proof}: {answer.Objective}");
        var names = answer.Versions.Select(v => bookworm.Index!.NameText(bookworm.Index.NameOf(v))).ToHashSet();
        Assert.Contains("bash", names);
        Assert.DoesNotContain("usrmerge", names);
        Assert.DoesNotContain("usr-is-merged", names);
        Assert.Equal(answer.Versions, byZ3.Versions);
    }

    [Fact]
    public void Two_mail_servers_are_refused_with_the_reasons()
    {
        if (bookworm.IsMissing(output))
        {
            return;
        }

        var conflict = Assert.IsType<SolveResult.Unsolvable>(PackageSolver.Solve(bookworm.Index!, Ask("exim4-base postfix"), CancellationToken.None)).Conflict;
        var text = ConflictPrinter.Print(conflict);
        output.WriteLine(text);
        Assert.Equal(["exim4-base", "postfix"], conflict.Roots.Select(root => root.Subject));
        Assert.Contains("conflicts with", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Locking_the_answer_gives_the_answer_again()
    {
        if (bookworm.IsMissing(output))
        {
            return;
        }

        var index = bookworm.Index!;
        var before = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, Ask("gimp libreoffice"), CancellationToken.None));
        var request = Ask("gimp libreoffice vim") with { Locked = before.Versions.ToDictionary(v => index.NameText(index.NameOf(v)), index.VersionText) };
        var after = Assert.IsType<SolveResult.Solved>(PackageSolver.Solve(index, request, CancellationToken.None));
        Assert.Equal(0, after.Objective.LockDistance);
        Assert.Subset(after.Versions.ToHashSet(), before.Versions.ToHashSet());
    }

    private static SolveRequest Ask(string names) =>
        new() { Requirements = [.. names.Split(' ').Select((name, i) => new Requirement(Universe.Relation(name), $"vpkg.toml:{i + 1}"))] };

    /// <summary>The index, built once for all tests; absent where the data is.</summary>
    public sealed class Bookworm : IDisposable
    {
        private readonly string folder = Environment.GetEnvironmentVariable("VERIDIAN_TESTDATA") ?? Path.Combine(RepositoryRoot(), "../shared/testdata");

        public Bookworm()
        {
            var builder = new PackageIndexBuilder();
            var reader = new PackagesReader("amd64");
            string[] suites = ["bookworm", "bookworm-updates", "bookworm-security"];
            for (var source = 0; source < suites.Length; source++)
            {
                var file = Path.Combine(folder, "debian", suites[source], "main/binary-amd64/Packages.xz");
                if (!File.Exists(file))
                {
                    return;
                }

                foreach (var entry in reader.Read(Unpack(file), source, 0).Entries)
                {
                    builder.Add(entry);
                }
            }

            using var bytes = new MemoryStream();
            builder.Write(bytes);
            Index = PackageIndex.Open(bytes.ToArray());
        }

        public PackageIndex? Index { get; }

        public bool IsMissing(ITestOutputHelper output)
        {
            if (Index is null)
            {
                output.WriteLine($"Skipped: no Debian test data in '{folder}'.");
            }

            return Index is null;
        }

        public void Dispose() => Index?.Dispose();

        private static byte[] Unpack(string file)
        {
            using var compressed = File.OpenRead(file);
            using var plain = XzStream.OpenRead(compressed, new DecompressionLimits { MaxOutputBytes = 1 << 30 }, 1);
            using var bytes = new MemoryStream();
            plain.CopyTo(bytes);
            return bytes.ToArray();
        }

        private static string RepositoryRoot()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Veridian.Store.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException();
            }

            return folder;
        }
    }
}
