using System.Text;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;
using Veridian.Store.Trees;

namespace Veridian.Unit.Tests.Environments;

public sealed class EmacsAddOnTests
{
    private const string Marks = "var/lib/emacsen-common/state/package/installed";
    private const string Tool = "/usr/lib/emacsen-common/emacs-package-install";
    private const string Guard = $"[ -e /{Marks}/emacsen-common -a -x {Tool} ]";

    private const string CommonPreinst = $"""
        #!/bin/sh

        set -e

        # The emacsen-common package is a special case; we can't call
        # emacs-package-install from here since the new version hasn't been
        # unpacked yet, so just do the important bit that it would have done.
        installed_state_dir=/var/lib/emacsen-common/state/package/installed
        if test -d "$installed_state_dir"
        then
          rm -f "$installed_state_dir"/emacsen-common
        fi

        # Automatically added by dh_installdeb/13.11.3
        dpkg-maintscript-helper rm_conffile /etc/emacs/site-start.el 3.0.3\~ emacsen-common -- "$@"
        # End automatically added section

        """;

    private const string CommonPostinst = """
        #!/bin/sh

        set -e

        # Convert installed-flavors to flavor/installed/*.
        if test -e /var/lib/emacsen-common/installed-flavors
        then
          for flavor in $(cat /var/lib/emacsen-common/installed-flavors)
          do
            touch "/var/lib/emacsen-common/state/flavor/installed/$flavor"
          done
          rm -f /var/lib/emacsen-common/installed-flavors
        fi

        /usr/lib/emacsen-common/emacs-package-install --postinst emacsen-common

        """;

    [Theory]
    [InlineData(EmacsTools.Ready, true)]
    [InlineData(EmacsTools.Missing, false)]
    public void A_snippet_marks_where_the_tools_are_there(EmacsTools tools, bool marks)
    {
        var content = EmacsAddOnReader.Read(Encoding.UTF8.GetBytes(AddOnPostinst("a")), ScriptCall.Configure, tools, "a");
        Assert.Equal(marks, content.Marks);
        Assert.Empty(content.NotUnderstood);
    }

    [Fact]
    public void The_scripts_of_the_tools_themselves_mark_and_do_no_more()
    {
        Assert.True(EmacsAddOnReader.Read(Encoding.UTF8.GetBytes(CommonPostinst), ScriptCall.Configure, EmacsTools.Own, "emacsen-common") is { Marks: true, NotUnderstood: [] });
        Assert.True(EmacsAddOnReader.Read(Encoding.UTF8.GetBytes(CommonPreinst), ScriptCall.Install, EmacsTools.Own, "emacsen-common") is { Marks: false, NotUnderstood: [] });
        Assert.True(ScriptSummary.Of(Encoding.UTF8.GetBytes(CommonPreinst), EmacsAddOnReader.Knowing(ScriptCall.Install, EmacsTools.Own)).NeedsNoRun);
        Assert.True(ScriptSummary.Of(Encoding.UTF8.GetBytes(CommonPostinst), EmacsAddOnReader.Knowing(ScriptCall.Configure, EmacsTools.Own)).NeedsNoRun);
        Assert.False(ScriptSummary.Of(Encoding.UTF8.GetBytes(CommonPreinst), ScriptCall.Install).NeedsNoRun);
    }

    [Theory]
    [InlineData($"{Tool} a", true)]
    [InlineData($"if [ \"$1\" = configure ] && [ -x {Tool} ]; then {Tool} a; fi", true)]
    [InlineData($"[ -e /var/lib/emacsen-common/installed-flavors ] && {Tool} a", false)]
    public void Old_forms_are_understood(string line, bool marks)
    {
        var content = Read(line);
        Assert.Equal(marks, content.Marks);
        Assert.Empty(content.NotUnderstood);
    }

    [Theory]
    [InlineData($"{Tool} --postinst b")]
    [InlineData($"{Tool} --preinst a")]
    [InlineData($"{Tool} --postinst a b")]
    [InlineData($"{Tool} --postinst \"$package\"")]
    [InlineData($"{Tool} --postinst a > /var/lib/a")]
    [InlineData($"{Tool} --postinst a | cat")]
    [InlineData($"if [ -e /etc/a ]; then {Tool} --postinst a; fi")]
    [InlineData($"if [ -d {Tool} ]; then {Tool} --postinst a; fi")]
    [InlineData($"for i in a b; do {Tool} --postinst a; done")]
    [InlineData("emacs-package-install --postinst a")]
    [InlineData("t=/usr/lib/emacsen-common/emacs-package-install; $t --postinst a")]
    [InlineData("/usr/lib/emacsen-common/emacs-install emacs")]
    [InlineData("if command -v emacs-install; then :; fi")]
    public void Everything_else_that_names_the_tools_is_not(string line) => Assert.NotEmpty(Read(line).NotUnderstood);

    [Fact]
    public void A_script_in_another_language_is_not_understood() =>
        Assert.NotEmpty(EmacsAddOnReader.Read(Encoding.UTF8.GetBytes($"#!/usr/bin/perl\nsystem '{Tool}', 'a';\n"), ScriptCall.Configure, EmacsTools.Ready, "a").NotUnderstood);

    [Fact]
    public void A_preinst_takes_away_a_mark_that_is_not_there_yet()
    {
        var script = $"#!/bin/sh\nset -e\nif ( [ \"$1\" = \"install\" ] || [ \"$1\" = \"upgrade\" ] ) \\\n\t&& {Guard}\nthen\n\t{Tool} --preinst a\nfi\n";
        Assert.True(EmacsAddOnReader.Read(Encoding.UTF8.GetBytes(script), ScriptCall.Install, EmacsTools.Ready, "a") is { Marks: false, NotUnderstood: [] });
        Assert.NotEmpty(EmacsAddOnReader.Read(Encoding.UTF8.GetBytes(script), ScriptCall.Install, EmacsTools.Ready, "b").NotUnderstood);
    }

    [Fact]
    public void Without_an_Emacs_marks_are_all_that_is_left_to_do()
    {
        var plan = TestPackage.Plan(Common(), AddOn("elpa-a"), AddOn("elpa-b"));
        Assert.All(plan.Records, record => Assert.Empty(record.Skipped));
        Assert.All(plan.Records, record => Assert.Equal(["emacs-packages"], record.Applied));
        Assert.Equal(["elpa-a", "elpa-b", "emacsen-common"], MarkedIn(plan));
        Assert.All(plan.Root.Find(Marks)!.Files.Values, file => Assert.True(file is { Owner: PlannedDirectory.Activation, Entry: { Kind: TreeEntryKind.File, Size: 0 } }));
    }

    [Fact]
    public void Where_a_package_registers_an_Emacs_all_scripts_run()
    {
        var emacs = new TestPackage("emacs-nox").Script("postinst", "#!/bin/sh\nset -e\n/usr/lib/emacsen-common/emacs-install emacs\n");
        ExpectScripts(TestPackage.Plan(Common(), AddOn("elpa-a"), emacs));
    }

    [Fact]
    public void Where_the_tree_has_something_for_an_Emacs_all_scripts_run()
    {
        ExpectScripts(TestPackage.Plan(Common(), AddOn("elpa-a").File("var/lib/emacsen-common/state/flavor/installed/emacs")));
        ExpectScripts(TestPackage.Plan(Common(), AddOn("elpa-a"), new TestPackage("old").File("usr/lib/emacsen-common/packages/install/old")));
    }

    [Fact]
    public void A_script_with_other_commands_runs_and_its_package_is_marked_nevertheless()
    {
        var plan = TestPackage.Plan(Common(), AddOn("elpa-a"), AddOn("mixed", "update-something\n"));
        Assert.Equal(["elpa-a", "emacsen-common", "mixed"], MarkedIn(plan));
        Assert.Equal([0, 0, 1], plan.Records.Select(record => record.Skipped.Count));
    }

    [Fact]
    public void A_script_that_need_not_see_the_tools_tells_itself_what_it_finds()
    {
        var plan = TestPackage.Plan(Common(), new TestPackage("loose").Script("control", "Package: loose\nVersion: 1\nArchitecture: all\n").Script("postinst", AddOnPostinst("loose")));
        Assert.Equal(["emacsen-common"], MarkedIn(plan));
        Assert.Equal([0, 1], plan.Records.Select(record => record.Skipped.Count));
    }

    [Fact]
    public void Without_the_tools_nothing_is_left_to_do()
    {
        var plan = TestPackage.Plan(AddOn("elpa-a"));
        Assert.True(Assert.Single(plan.Records).IsEmpty);
        Assert.Null(plan.Root.Find(Marks));
    }

    [Fact]
    public void Without_effects_nothing_is_marked()
    {
        TestPackage[] packages = [Common(), AddOn("elpa-a"), AddOn("elpa-b")];
        var request = new EnvironmentRequest { Packages = [.. packages.Select(package => package.Package)], Scripts = ScriptPolicy.Run };
        Assert.Equal(["elpa-b", "emacsen-common"], MarkedIn(TestPackage.Plan(request with { WithoutEffects = ["elpa-a"] }, packages)));
        Assert.Empty(MarkedIn(TestPackage.Plan(request with { WithoutEffects = ["emacsen-common"] }, packages)));
        Assert.Empty(MarkedIn(TestPackage.Plan(request with { Scripts = ScriptPolicy.None }, packages)));
    }

    private static void ExpectScripts(EnvironmentPlan plan)
    {
        Assert.Empty(MarkedIn(plan));
        Assert.All(plan.Records.Where(record => record.Package is "elpa-a" or "emacsen-common" or "emacs-nox"), record => Assert.Contains(record.Skipped, script => script.Name == "postinst"));
    }

    private static IEnumerable<string> MarkedIn(EnvironmentPlan plan) => (plan.Root.Find(Marks)?.Files.Keys ?? []).Order(StringComparer.Ordinal);

    private static TestPackage Common() => new TestPackage("emacsen-common")
        .File(Tool[1..], executable: true).File("usr/lib/emacsen-common/packages/install/emacsen-common").File("usr/lib/emacsen-common/packages/compat/emacsen-common")
        .Folder("var/lib/emacsen-common/state/flavor/installed").Folder(Marks)
        .Script("preinst", CommonPreinst).Script("postinst", CommonPostinst);

    private static TestPackage AddOn(string name, string more = "") => new TestPackage(name)
        .File($"usr/lib/emacsen-common/packages/install/{name}").File($"usr/lib/emacsen-common/packages/compat/{name}")
        .Script("control", $"Package: {name}\nVersion: 1\nArchitecture: all\nDepends: dh-elpa-helper, emacsen-common (>= 2.0.8)\n").Script("postinst", AddOnPostinst(name) + more);

    private static string AddOnPostinst(string name) =>
        "#!/bin/sh\nset -e\n# Automatically added by dh_elpa/UNDECLARED\n"
        + "if [ \"$1\" = \"configure\" ] || [ \"$1\" = \"abort-upgrade\" ] || [ \"$1\" = \"abort-deconfigure\" ] || [ \"$1\" = \"abort-remove\" ] ; then\n"
        + $"\tif {Guard} ; then\n\t\t{Tool} --postinst {name}\n\tfi\nfi\n# End automatically added section\n";

    private static EmacsAddOnContent Read(string line) => EmacsAddOnReader.Read(Encoding.UTF8.GetBytes($"#!/bin/sh\nset -e\n{line}\n"), ScriptCall.Configure, EmacsTools.Ready, "a");
}
