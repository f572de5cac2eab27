using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;

namespace Veridian.Unit.Tests.Environments;

public sealed class EnvironmentPlanTests
{
    private static readonly SourceSpan Nowhere = new("vpkg.toml", 1, 1);

    [Fact]
    public void Directories_of_packages_merge()
    {
        var plan = TestPackage.Plan(new TestPackage("a").File("usr/bin/a"), new TestPackage("b").File("usr/bin/b"));
        Assert.Equal(["a", "b"], plan.Root.Find("usr/bin")!.Files.Keys.Order());
    }

    [Fact]
    public void The_same_content_in_two_packages_is_no_conflict()
    {
        var plan = TestPackage.Plan(new TestPackage("a").File("usr/share/x", "same"), new TestPackage("b").File("usr/share/x", "same"));
        Assert.Equal(["usr/share/x"], plan.Contested);
    }

    [Fact]
    public void All_conflicts_are_named_in_one_error()
    {
        var error = Assert.Throws<InvalidInputException>(() => TestPackage.Plan(
            new TestPackage("a").File("usr/x", "1").File("usr/y", "1"), new TestPackage("b").File("usr/x", "2").File("usr/y", "2")));
        Assert.Equal(ErrorCodes.FileConflict, error.Code);
        Assert.Contains("/usr/x: a 1.0 and b 1.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("/usr/y: a 1.0 and b 1.0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_bytes_executable_in_one_package_only_are_a_conflict() =>
        Assert.Throws<InvalidInputException>(() => TestPackage.Plan(
            new TestPackage("a").File("usr/x", "1"), new TestPackage("b").File("usr/x", "1", executable: true)));

    [Fact]
    public void A_file_where_another_package_has_a_directory_is_a_conflict() =>
        Assert.Throws<InvalidInputException>(() => TestPackage.Plan(new TestPackage("a").File("usr/x"), new TestPackage("b").File("usr/x/y")));

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void A_package_that_replaces_the_other_one_wins(string winner, string loser)
    {
        var plan = TestPackage.Plan(
            new TestPackage(loser, "1.0").File("usr/x", "old"),
            new TestPackage(winner, "2.0", new Relation(loser, RelationKind.Less, "1.5")).File("usr/x", "new"));
        Assert.Equal(winner, Owner(plan, "usr", "x"));
    }

    [Fact]
    public void Replaces_counts_only_for_the_versions_it_names() =>
        Assert.Throws<InvalidInputException>(() => TestPackage.Plan(
            new TestPackage("a", "1.6").File("usr/x", "old"),
            new TestPackage("b", "2.0", new Relation("a", RelationKind.Less, "1.5")).File("usr/x", "new")));

    [Fact]
    public void Packages_that_replace_each_other_decide_nothing() =>
        Assert.Throws<InvalidInputException>(() => TestPackage.Plan(
            new TestPackage("a", "1", new Relation("b", RelationKind.Any, "")).File("usr/x", "1"),
            new TestPackage("b", "1", new Relation("a", RelationKind.Any, "")).File("usr/x", "2")));

    [Fact]
    public void A_priority_beats_replaces()
    {
        var plan = Plan([new FileRule(FileRuleKind.Priority, "a", "", "", 1, Nowhere)],
            new TestPackage("a").File("usr/x", "1"), new TestPackage("b", "1", new Relation("a", RelationKind.Any, "")).File("usr/x", "2"));
        Assert.Equal("a", Owner(plan, "usr", "x"));
    }

    [Fact]
    public void A_hidden_copy_is_left_out()
    {
        var plan = Plan([new FileRule(FileRuleKind.Hide, "a", "/usr/x", "", 0, Nowhere)],
            new TestPackage("a").File("usr/x", "1"), new TestPackage("b").File("usr/x", "2"));
        Assert.Equal("b", Owner(plan, "usr", "x"));
    }

    [Fact]
    public void A_renamed_copy_lies_elsewhere_and_keeps_its_source()
    {
        var plan = Plan([new FileRule(FileRuleKind.Rename, "a", "/bin/x", "/bin/x-a", 0, Nowhere)],
            new TestPackage("a").File("usr/bin/x", "1"), new TestPackage("b").File("usr/bin/x", "2"));
        var renamed = plan.Root.Find("usr/bin")!.Files["x-a"];
        Assert.Equal(("usr/bin/x-a", "usr/bin/x"), (renamed.Path.Text, renamed.Entry.Path.Text));
    }

    [Fact]
    public void A_diversion_moves_the_file_of_the_others()
    {
        var plan = TestPackage.Plan(
            new TestPackage("a").File("usr/bin/x", "1"),
            new TestPackage("b").File("usr/bin/x", "2").Script("preinst", "#!/bin/sh\ndpkg-divert --package b --add --rename \\\n  --divert /usr/bin/x.orig /usr/bin/x\n"));
        Assert.Equal(("b", "a"), (Owner(plan, "usr/bin", "x"), Owner(plan, "usr/bin", "x.orig")));
    }

    [Theory]
    [InlineData("# dpkg-divert --add /usr/bin/x")]
    [InlineData("dpkg-divert --remove /usr/bin/x")]
    [InlineData("dpkg-divert --add /usr/bin/$x")]
    [InlineData("if [ \"$1\" = upgrade ]; then dpkg-divert --add /usr/bin/x; fi")]
    [InlineData("if [ -e /usr/bin/x ]; then dpkg-divert --add /usr/bin/x; fi")]
    [InlineData("divert() { dpkg-divert --add /usr/bin/x; }; divert")]
    public void Diversions_that_are_not_plain_are_left_to_the_script(string line) =>
        Assert.Empty(Diversion.Read("a", System.Text.Encoding.UTF8.GetBytes("#!/bin/sh\n" + line), []));

    [Theory]
    [InlineData("if [ \"$1\" = install ]; then dpkg-divert --add /usr/bin/x; fi")]
    [InlineData("case \"$1\" in install|upgrade) dpkg-divert --add /usr/bin/x;; esac")]
    [InlineData("if [ \"$1\" = install ] || [ \"$1\" = upgrade ]; then\n dpkg-divert --package a /usr/bin/x >/dev/null\nfi")]
    public void A_diversion_under_a_condition_that_holds_is_carried_out(string line) =>
        Assert.Equal([new Diversion("a", "usr/bin/x", "usr/bin/x.distrib")], Diversion.Read("a", System.Text.Encoding.UTF8.GetBytes("#!/bin/sh\n" + line), []));

    [Theory]
    [InlineData("if [ -e /usr/bin/y ]; then dpkg-divert --divert /usr/bin/x.old /usr/bin/x; fi")]
    [InlineData("for f in a x \\\n  b\ndo\n dpkg-divert --add --rename --divert /usr/bin/${f}.old /usr/bin/$f; done")]
    [InlineData("d=/usr n=bin\ndir=$d/bin\ndivert() { dpkg-divert --divert \"$1.old\" --add \"$1\"; }\nif unknown; then divert $dir/x; fi")]
    [InlineData("divert() { if ! dpkg-divert --list \"$1$2\" | grep -q .; then dpkg-divert --divert \"$1.old$2\" \"$1$2\"; fi; }\ndivert /usr/bin/x; divert /usr/bin/y .z")]
    [InlineData("divert() { local to file; file=$2; to=${3-$file.old}; dpkg-divert --add --rename --divert \"$to\" \"$file\"; }\nfor p in w x; do divert 1 /usr/bin/$p; done")]
    public void A_file_that_could_not_be_there_without_a_diversion_is_diverted(string script)
    {
        var plan = TestPackage.Plan(new TestPackage("a").File("usr/bin/x", "1").File("usr/bin/y"), new TestPackage("b").File("usr/bin/x", "2").Script("preinst", "#!/bin/sh\n" + script));
        Assert.Equal(("b", "a", "a"), (Owner(plan, "usr/bin", "x"), Owner(plan, "usr/bin", "x.old"), Owner(plan, "usr/bin", "y")));
    }

    [Theory]
    [InlineData("if unknown; then dpkg-divert --divert $(pwd)/x.old /usr/bin/x; fi")]
    [InlineData("for f in *; do dpkg-divert --divert /usr/bin/$f.old /usr/bin/$f; done")]
    [InlineData("divert() { dpkg-divert --divert $1.old $1; divert $1; }; divert $x")]
    public void Where_the_text_does_not_tell_the_path_two_files_stay_in_conflict(string script) =>
        Assert.Equal(ErrorCodes.FileConflict, Assert.Throws<InvalidInputException>(() => TestPackage.Plan(
            new TestPackage("a").File("usr/bin/x", "1"), new TestPackage("b").File("usr/bin/x", "2").Script("preinst", "#!/bin/sh\n" + script))).Code);

    [Fact]
    public void Records_of_diversions_are_read_as_they_are_written()
    {
        Diversion[] diversions = [new("a", "usr/bin/x", "usr/bin/x.old"), new("b", "etc/y", "etc/y.distrib")];
        Assert.Equal(diversions, Diversion.ReadRecords(Diversion.WriteRecords(diversions)));
        Assert.Empty(Diversion.ReadRecords("half a record\n"));
    }

    [Fact]
    public void Files_outside_the_known_folders_are_left_out_and_listed()
    {
        var plan = TestPackage.Plan(new TestPackage("a").File("boot/vmlinuz").File("usr/a"));
        Assert.Equal(["boot/vmlinuz"], plan.Omitted);
    }

    [Fact]
    public void The_identity_does_not_depend_on_the_order_of_packages()
    {
        var (a, b) = (new TestPackage("a"), new TestPackage("b"));
        Assert.Equal(TestPackage.Plan(a, b).Digest, TestPackage.Plan(b, a).Digest);
    }

    [Fact]
    public void The_identity_depends_on_file_rules()
    {
        var a = new TestPackage("a").File("usr/x");
        Assert.NotEqual(TestPackage.Plan(a).Digest, Plan([new FileRule(FileRuleKind.Hide, "a", "/usr/x", "", 0, Nowhere)], a).Digest);
    }

    [Fact]
    public void Top_level_links_lead_into_usr()
    {
        var plan = TestPackage.Plan(new TestPackage("a").File("usr/lib64/ld.so"));
        Assert.Equal(["bin", "lib", "lib64", "sbin"], plan.Root.Files.Keys.Order());
        Assert.Equal("usr/lib64", plan.Root.Files["lib64"].Entry.Target);
    }

    [Fact]
    public void Scripts_without_a_native_counterpart_are_recorded()
    {
        var record = Assert.Single(TestPackage.Plan(new TestPackage("a").Script("postinst", "#!/bin/sh\nadduser --system a\n")).Records);
        Assert.Equal("adduser --system a", Assert.Single(record.Skipped).FirstEffect);
    }

    private static EnvironmentPlan Plan(FileRule[] rules, params TestPackage[] packages) =>
        TestPackage.Plan(new EnvironmentRequest { Packages = [.. packages.Select(p => p.Package)], FileRules = rules }, packages);

    private static string Owner(EnvironmentPlan plan, string folder, string name) => plan.Packages[plan.Root.Find(folder)!.Files[name].Owner].Name;
}
