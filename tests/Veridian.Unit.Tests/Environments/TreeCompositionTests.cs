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
        Assert.Equal(["var", .. Enumerable.Range(0, 10).Select(i => $"usr/share/d{i}")], composition!.Parts.Where(part => part.Kind == PartKind.Borrowed).Select(part => part.Path).Order(StringComparer.Ordinal).OrderByDescending(path => path == "var"));
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
        Check([.. common, Random(random, "old", 40)], [.. common, Random(random, "new", 40)], layers: seed % 2 == 0);
        Check(common, [.. common, Random(random, "more", 40)], layers: true);
    }

    [Fact]
    public void A_record_reads_what_it_wrote()
    {
        var record = new CompositionRecord(Blake3.Hash("x"u8), [new TreePart("usr", PartKind.Borrowed), new TreePart("usr/a b", PartKind.Own), new TreePart("usr/c", PartKind.Layered)]);
        var read = CompositionRecord.Read(record.Write())!;
        Assert.Equal(record.Lender, read.Lender);
        Assert.Equal(record.Parts, read.Parts);
        Assert.Null(CompositionRecord.Read("lender\tx\n"));
        Assert.Null(CompositionRecord.Read($"lender\t{record.Lender}\nother\tusr\n"));
    }

    [Fact]
    public void Digests_read_what_they_wrote()
    {
        var digests = TreeDigests.Of(TestPackage.Plan(Big("a", 2, 3)).Root);
        Assert.Equal(digests.Directories, TreeDigests.Read(digests.Write())!.Directories);
        Assert.Null(TreeDigests.Read("something else\n"));
    }

    [Fact]
    public void A_directory_that_only_got_more_lies_over_the_lenders()
    {
        var docs = new TestPackage("docs");
        for (var i = 0; i < 600; i++)
        {
            docs.File($"usr/share/doc/p{i}/copyright").File($"usr/share/doc/p{i}/changelog");
        }

        TestPackage[] before = [Big("a", 20, 700), docs];
        TestPackage[] after = [.. before, new TestPackage("b").File("usr/share/doc/b/copyright").File("usr/share/doc/p7/README"), new TestPackage("c").File("usr/share/d3/more")];
        var composition = Check(before, after, layers: true)!;
        Assert.Equal(["etc", "opt", "srv", "usr+", "usr/share/d3*", "usr/share/doc*", "var+"], Parts(composition));
        Assert.Equal(["usr/share/d3/more", "usr/share/doc/b/copyright", "usr/share/doc/p7/README"], composition.Files.Select(file => file.Path.Text).Where(path => path.StartsWith("usr/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_laid_over_a_directory_that_has_lost_something()
    {
        var big = Big("a", 20, 700);
        var composition = Check([big, new TestPackage("b").File("usr/share/d3/x")], [big, new TestPackage("c").File("usr/share/d3/y")], layers: true)!;
        Assert.Contains(new TreePart("usr/share/d3", PartKind.Own), composition.Parts);
    }

    [Fact]
    public void Nothing_is_laid_over_a_directory_that_has_become_a_file()
    {
        var big = Big("a", 20, 700);
        var composition = Check([big, new TestPackage("b").File("usr/share/d3/x/y")], [big, new TestPackage("c").File("usr/share/d3/x")], layers: true)!;
        Assert.Contains(new TreePart("usr/share/d3", PartKind.Own), composition.Parts);
    }

    [Theory]
    [InlineData("var/lib/d")]
    [InlineData("usr/share/a:b")]
    [InlineData("usr/share/a,b")]
    [InlineData("usr/share/a\\b")]
    public void What_is_kept_alone_or_has_a_name_of_other_meaning_is_not_layered(string folder)
    {
        var many = new TestPackage("many");
        for (var i = 0; i < 3000; i++)
        {
            many.File($"{folder}/f{i}");
        }

        var big = Big("a", 20, 700);
        var composition = Check([big, many], [big, many, new TestPackage("b").File(folder + "/more")], layers: true)!;
        Assert.DoesNotContain(composition.Parts, part => part.Kind == PartKind.Layered && folder.StartsWith(part.Path, StringComparison.Ordinal));
    }

    /// <summary>Composes, and checks that every path leads to the file it would lead to in a tree that is written whole.</summary>
    private static TreeComposition? Check(TestPackage[] before, TestPackage[] after, bool layers = false)
    {
        var (lender, plan) = (TestPackage.Plan(before), TestPackage.Plan(after));
        var composition = TreeComposition.Choose(
            plan.Root, TreeDigests.Of(plan.Root), TreeDigests.Of(lender.Root), layers ? (path, directory) => Other(lender.Root.Find(path)!, directory) : null);
        if (composition is null)
        {
            return null;
        }

        var (written, lent, planned) = (ByPath(composition.Files), ByPath(lender.Root.AllFiles()), ByPath(plan.Root.AllFiles()));
        foreach (var (path, file) in planned)
        {
            Assert.True(Seen(path) is { } found && found.IsSameAs(file), path);
        }

        Assert.DoesNotContain(lent.Keys.Where(path => KindAt(composition, path) != PartKind.Own), path => !planned.ContainsKey(path));
        var (own, theirs) = (Folders(written.Keys.Concat(composition.Directories.Select(path => path + "/"))), Folders(lent.Keys));
        foreach (var part in composition.Parts.Where(part => part.Path.Contains('/', StringComparison.Ordinal)))
        {
            // The place of a mount, and what is mounted.
            Assert.Contains(part.Path, KindAt(composition, part.Path) switch { PartKind.Own => own, PartKind.Borrowed => theirs, _ => [.. own, .. theirs] });
            Assert.True((part.Kind == PartKind.Borrowed || own.Contains(part.Path)) && (part.Kind == PartKind.Own || theirs.Contains(part.Path)), part.Path);
        }

        return composition;

        PlannedFile? Seen(string path) => KindAt(composition, path) switch
        {
            PartKind.Own => Get(written, path),
            PartKind.Borrowed => Get(lent, path),
            _ => Get(written, path) ?? Get(lent, path),
        };
    }

    private static PlannedFile? Get(Dictionary<string, PlannedFile> files, string path) => files.TryGetValue(path, out var file) ? file : null;

    /// <summary>What of a directory a lender's directory lacks or has otherwise; null if it has more.</summary>
    private static IReadOnlyList<PlannedFile>? Other(PlannedDirectory lender, PlannedDirectory own) =>
        lender.Files.Keys.All(own.Files.ContainsKey) && lender.Directories.Keys.All(own.Directories.ContainsKey)
            ? [.. own.Files.Where(file => !lender.Files.TryGetValue(file.Key, out var there) || !there.IsSameAs(file.Value)).Select(file => file.Value)]
            : null;

    /// <summary>What the last mount above a path shows. Top-level links belong to the environment itself.</summary>
    private static PartKind KindAt(TreeComposition composition, string path) =>
        composition.Parts.LastOrDefault(part => path.StartsWith(part.Path + "/", StringComparison.Ordinal)).Kind;

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

    private static IEnumerable<string> Parts(TreeComposition composition) => composition.Parts.Select(part => part.Path + part.Kind switch { PartKind.Own => "", PartKind.Borrowed => "+", _ => "*" });

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
