using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Unit.Tests.Environments;

public sealed class TreeCompositionTests
{
    [Fact]
    public void A_small_tree_is_written_whole()
    {
        var plan = TestPackage.Plan(new TestPackage("a").File("usr/bin/a"));
        Assert.Null(TreeComposition.Choose(plan.Root, TreeDigests.Of(plan.Root), TreeDigests.Of(plan.Root)));
    }

    [Fact]
    public void An_equal_tree_is_borrowed_but_for_etc()
    {
        var plan = TestPackage.Plan(Big("a", 20, 700));
        var composition = TreeComposition.Choose(plan.Root, TreeDigests.Of(plan.Root), TreeDigests.Of(plan.Root))!;
        Assert.Equal(["etc", "opt", "srv", "usr+", "var+"], Parts(composition));
    }

    [Fact]
    public void Only_directories_that_differ_are_written()
    {
        var big = Big("a", 20, 700);
        var composition = Check([big], [big, new TestPackage("b").File("usr/share/d3/f-b").File("etc/b")]);
        Assert.Equal(["etc", "opt", "srv", "usr+", "usr/share/d3", "var+"], Parts(composition!));
    }

    [Fact]
    public void A_new_directory_among_large_ones_borrows_the_large_ones()
    {
        var big = Big("a", 10, 1500);
        var composition = Check([big], [big, new TestPackage("b").File("usr/share/new/x")]);
        Assert.Equal(["var", .. Enumerable.Range(0, 10).Select(i => $"usr/share/d{i}")], composition!.Parts.Where(part => part.IsBorrowed).Select(part => part.Path).Order(StringComparer.Ordinal).OrderByDescending(path => path == "var"));
    }

    [Fact]
    public void A_tree_with_little_in_common_is_written_whole() =>
        Assert.Null(Check([Big("a", 20, 700)], [Big("b", 20, 700)]));

    [Fact]
    public void A_package_less_is_no_problem()
    {
        var big = Big("a", 20, 700);
        Assert.NotNull(Check([big, new TestPackage("b").File("usr/share/d3/x").File("usr/share/d4/sub/x")], [big]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_composed_tree_shows_the_same_files_as_one_written_whole(int seed)
    {
        var random = new Random(seed);
        var common = Enumerable.Range(0, 30).Select(i => Random(random, $"p{i}", 600)).ToArray();
        Check([.. common, Random(random, "old", 40)], [.. common, Random(random, "new", 40)]);
    }

    [Fact]
    public void A_record_reads_what_it_wrote()
    {
        var record = new CompositionRecord(Blake3.Hash("x"u8), [new TreePart("usr", true), new TreePart("usr/a b", false)]);
        var read = CompositionRecord.Read(record.Write())!;
        Assert.Equal((record.Lender, "usr+ usr/a b"), (read.Lender, string.Join(' ', read.Parts.Select(p => p.Path + (p.IsBorrowed ? "+" : "")))));
        Assert.Null(CompositionRecord.Read("lender\tx\n"));
    }

    [Fact]
    public void Digests_read_what_they_wrote()
    {
        var digests = TreeDigests.Of(TestPackage.Plan(Big("a", 2, 3)).Root);
        Assert.Equal(digests.Directories, TreeDigests.Read(digests.Write())!.Directories);
        Assert.Null(TreeDigests.Read("something else\n"));
    }

    /// <summary>Composes, and checks that every path leads to the file it would lead to in a tree that is written whole.</summary>
    private static TreeComposition? Check(TestPackage[] before, TestPackage[] after)
    {
        var (lender, plan) = (TestPackage.Plan(before), TestPackage.Plan(after));
        var composition = TreeComposition.Choose(plan.Root, TreeDigests.Of(plan.Root), TreeDigests.Of(lender.Root));
        if (composition is null)
        {
            return null;
        }

        var (written, lent, planned) = (ByPath(composition.Files), ByPath(lender.Root.AllFiles()), ByPath(plan.Root.AllFiles()));
        foreach (var (path, file) in planned)
        {
            Assert.True((IsBorrowed(composition, path) ? lent : written).TryGetValue(path, out var found) && found.IsSameAs(file), path);
        }

        Assert.DoesNotContain(lent.Keys.Where(path => IsBorrowed(composition, path)), path => !planned.ContainsKey(path));
        var (own, theirs) = (Folders(written.Keys.Concat(composition.Directories.Select(path => path + "/"))), Folders(lent.Keys));
        foreach (var part in composition.Parts.Where(part => part.Path.Contains('/', StringComparison.Ordinal)))
        {
            Assert.Contains(part.Path, IsBorrowed(composition, part.Path) ? theirs : own);
        }

        return composition;
    }

    /// <summary>Which tree the last mount above a path lies in. Top-level links belong to the environment itself.</summary>
    private static bool IsBorrowed(TreeComposition composition, string path) =>
        composition.Parts.LastOrDefault(part => path.StartsWith(part.Path + "/", StringComparison.Ordinal)).IsBorrowed;

    private static Dictionary<string, PlannedFile> ByPath(IEnumerable<PlannedFile> files) => files.ToDictionary(file => file.Path.Text, StringComparer.Ordinal);

    private static HashSet<string> Folders(IEnumerable<string> paths)
    {
        var folders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var at = path.LastIndexOf('/'); at > 0 && folders.Add(path[..at]); at = path.LastIndexOf('/', at - 1))
            {
            }
        }

        return folders;
    }

    private static IEnumerable<string> Parts(TreeComposition composition) => composition.Parts.Select(part => part.Path + (part.IsBorrowed ? "+" : ""));

    private static TestPackage Big(string name, int directories, int files)
    {
        var package = new TestPackage(name);
        for (var i = 0; i < directories * files; i++)
        {
            package.File($"usr/share/d{i / files}/f{name}{i}");
        }

        return package;
    }

    private static TestPackage Random(Random random, string name, int files)
    {
        var package = new TestPackage(name);
        for (var i = 0; i < files; i++)
        {
            package.File($"{(random.Next(9) == 0 ? "opt" : "usr")}/{Folder(random, 3)}/{Folder(random, 4)}/{(random.Next(4) == 0 ? Folder(random, 40) + "/" : "")}{name}-{i}");
        }

        return package;
    }

    private static string Folder(Random random, int count) => "d" + random.Next(count);
}
