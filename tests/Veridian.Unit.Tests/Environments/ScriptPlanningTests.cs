using System.Buffers.Binary;
using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Debian.Control;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;
using Veridian.Store.Trees;
using Machine = System.Runtime.InteropServices.Architecture;

namespace Veridian.Unit.Tests.Environments;

public sealed class ScriptPlanningTests
{
    private static readonly ILookup<string, string> NoEdges = Array.Empty<(string From, string To)>().ToLookup(edge => edge.To, edge => edge.From);

    [Theory]
    [InlineData(Machine.X64, 0xC000003Eu, 92, true)]
    [InlineData(Machine.X64, 0xC000003Eu, 260, true)]
    [InlineData(Machine.X64, 0xC000003Eu, 90, false)]
    [InlineData(Machine.X64, 0x40000003u, 92, false)]
    [InlineData(Machine.Arm64, 0xC00000B7u, 54, true)]
    [InlineData(Machine.Arm64, 0xC00000B7u, 92, false)]
    public void Calls_that_change_an_owner_are_answered_and_no_others(Machine machine, uint caller, int call, bool answered) =>
        Assert.Equal(answered ? 0x0005_0000u : 0x7FFF_0000u, Run(OwnershipFilter.For(machine)!, (uint)call, caller));

    [Fact]
    public void A_machine_whose_calls_are_not_known_has_no_filter() => Assert.Null(OwnershipFilter.For(Machine.S390x));

    [Fact]
    public void An_overlay_is_mounted_by_the_names_of_links_and_the_command_loses_what_it_needs_not()
    {
        var command = new SandboxCommand { Arguments = ["/x", "a b"], Root = [new SandboxMount.Processes()] };
        var arguments = OverlayArguments.Of(command, new SandboxOverlay(["/a,b", "/c:d"], "/work"), "/usr/bin/bwrap", "/bin/mount", "first\n");
        Assert.StartsWith("first\n", arguments[arguments.ToList().IndexOf("-c") + 1], StringComparison.Ordinal);
        Assert.Contains("lowerdir=0:1,upperdir=upper,workdir=work,userxattr", arguments);
        var inner = arguments.Skip(arguments.ToList().IndexOf("/usr/bin/bwrap")).ToList();
        Assert.Contains("--unshare-net", inner);
        Assert.DoesNotContain("CAP_SYS_ADMIN", inner);
        Assert.Equal(["--", "/x", "a b"], inner.TakeLast(3));
        Assert.True(inner.IndexOf("--proc") < inner.IndexOf("/proc/sys"));
    }

    [Fact]
    public void Triggers_are_read_with_all_their_forms()
    {
        var lines = TriggerLines.Read("# interest no\ninterest-noawait /usr/share/x # why\n activate  b\nactivate-noawait c\nnonsense d\ninterest\n"u8);
        Assert.Equal(["/usr/share/x"], lines.Interests);
        Assert.Equal(["b", "c"], lines.Activations);
    }

    [Fact]
    public void Records_of_alternatives_are_read_as_they_were_written()
    {
        var offers = new[]
        {
            new Alternative("/usr/bin/edit", "edit", "/usr/bin/a", -10, [new AlternativeSlave("/usr/share/man/edit.1", "edit.1", "/usr/share/man/a.1")]),
            new Alternative("/usr/bin/edit", "edit", "/usr/bin/b", 20, []),
        };
        var text = AlternativesState.Write(offers);
        Assert.Equal("auto\n/usr/bin/edit\nedit.1\n/usr/share/man/edit.1\n\n/usr/bin/a\n-10\n/usr/share/man/a.1\n/usr/bin/b\n20\n\n\n", text);
        var read = AlternativesState.Read("edit", Encoding.UTF8.GetBytes(text));
        Assert.Equal(offers.Select(offer => (offer.Path, offer.Priority, offer.Slaves.Count)), read.Select(offer => (offer.Path, offer.Priority, offer.Slaves.Count)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("auto\n")]
    [InlineData("auto\n/usr/bin/x\n\n../escape\n1\n\n")]
    [InlineData("auto\n/usr/bin/x\n\n/usr/bin/y\nmany\n\n")]
    public void Records_of_another_shape_offer_nothing(string text) => Assert.Empty(AlternativesState.Read("x", Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("etc/x/conf", true)]
    [InlineData("var/lib/x", true)]
    [InlineData("var/lib/dpkg/status", false)]
    [InlineData("var/cache/x", false)]
    [InlineData("etc/machine-id", false)]
    [InlineData("etc/ssh/ssh_host_rsa_key", false)]
    [InlineData("etc/passwd", false)]
    [InlineData("usr/lib/python3/__pycache__/x.pyc", false)]
    [InlineData("tmp/x", false)]
    [InlineData("usr", false)]
    public void State_and_what_is_made_otherwise_is_not_kept(string path, bool kept) => Assert.Equal(kept, LayerFilter.MayHold(path, isDirectory: false));

    [Fact]
    public void A_job_sees_what_its_package_depends_on_and_the_jobs_of_that()
    {
        var packages = Packages(("base", "", true), ("lib", "", false), ("stranger", "", false), ("tool", "lib | other", false));
        var jobs = new JobPlan(packages, [0, 1, 2, 3], []).Configuring(NoEdges);
        Assert.Equal(["base", "lib", "stranger", "tool"], jobs.Select(job => job.Name));
        Assert.Equal([0, 1, 3], jobs[3].Members);
        Assert.Equal([0, 1], jobs[3].Before);
    }

    [Fact]
    public void A_job_sees_the_packages_of_the_same_source_with_what_they_depend_on()
    {
        string[] controls = ["Package: extension\nSource: lang (1.2)\n", "Package: interpreter\nSource: lang\nDepends: lib\n", "Package: lib\n", "Package: stranger\n"];
        var packages = controls.Select(text => new TestPackage(text[9..text.IndexOf('\n', StringComparison.Ordinal)]).Script("control", $"{text}Version: 1\nArchitecture: all\n"))
            .Select(package => PackageControl.Of(package.Package, package.Contents, new PackagesReader("amd64"))).ToArray();
        var jobs = new JobPlan(packages, [0, 3], []).Configuring(NoEdges);
        Assert.Equal([0, 1, 2], jobs[0].Members);
        Assert.Equal([3], jobs[1].Members);
    }

    [Fact]
    public void A_preinst_sees_what_its_package_depends_on_but_not_the_package()
    {
        var packages = Packages(("base", "", true), ("lib", "", false), ("tool", "lib", false), ("user", "tool", false));
        var jobs = new JobPlan(packages, [1, 2, 3], [0, 2, 3]).Configuring(NoEdges);
        Assert.Equal(["lib", "tool preinst", "tool", "user preinst", "user"], jobs.Select(job => job.Name));
        Assert.Equal([0, 1], jobs[1].Members);
        Assert.Equal([0, 1, 2], jobs[2].Members);
        Assert.Equal([0, 1], jobs[2].Before);
        Assert.Equal([0, 1, 2], jobs[3].Before);
    }

    [Fact]
    public void A_job_that_has_to_see_another_one_sees_its_packages_too()
    {
        var packages = Packages(("a", "x", false), ("b", "", false), ("x", "", false));
        var jobs = new JobPlan(packages, [0, 1], []).Configuring(new[] { (From: "a", To: "b") }.ToLookup(edge => edge.To, edge => edge.From));
        Assert.Equal([0, 1, 2], jobs[1].Members);
        Assert.Equal([0], jobs[1].Before);
    }

    [Fact]
    public void Packages_in_a_circle_are_configured_in_one_order_however_they_are_given()
    {
        var packages = Packages(("a", "b", false), ("b", "c", false), ("c", "a", false));
        Assert.Equal([2, 1, 0], new JobPlan(packages, [0, 1, 2], []).Order);
    }

    [Fact]
    public void A_job_sees_the_marks_of_packages_that_come_before_it()
    {
        var packages = Packages(("a", "b", false), ("b", "c", false), ("c", "a", false), ("stranger", "", false));
        var plan = new JobPlan(packages, [1], []) { Marked = [0, 2, 3] };
        var jobs = plan.Configuring(NoEdges);
        Assert.Equal([2], Assert.Single(jobs).Marked);
        Assert.Equal([0, 2], plan.Triggered(1, [(1, ["x"], [])], jobs, NoEdges)[^1].Marked);
    }

    [Fact]
    public void Accounts_are_known_by_name_and_numbered_by_name()
    {
        const string passwd = "root:x:0:0:root:/root:/bin/bash\n";
        const string group = "root:x:0:\naudio:x:29:\n";
        var list = AccountList.Added((passwd, group), passwd + "web:x:100:101:Web:/srv:/bin/false\n", "root:x:0:\naudio:x:29:web\nwebs:x:101:\n");
        var (users, groups) = list.AddTo(passwd, group);
        var number = groups.Split('\n').Single(line => line.StartsWith("webs:", StringComparison.Ordinal)).Split(':')[2];
        Assert.Matches($"^web:x:[1-8][0-9][0-9]:{number}:Web:/srv:/bin/false$", users.Split('\n')[1]);
        Assert.Contains("audio:x:29:web\n", groups, StringComparison.Ordinal);
        Assert.Equal((users, groups), AccountList.Union([list, list]).AddTo(passwd, group));
    }

    [Fact]
    public void An_outcome_is_read_as_it_was_written_and_a_changed_one_is_not_read()
    {
        var outcome = new JobOutcome
        {
            Digest = default,
            Folder = "/f",
            Changes = new LayerChanges(
                [
                    new LayerEntry(TreeEntry.Directory(RelativePath.Of("etc/d")), ""),
                    new LayerEntry(TreeEntry.File(RelativePath.Of("etc/d/a\tb\n\\c"), true, Blake3.Hash("x"u8), 1), "/f/etc/d/a\tb\n\\c"),
                    new LayerEntry(TreeEntry.SymbolicLink(RelativePath.Of("etc/l"), "x y"), ""),
                ],
                ["usr/gone"], ["usr/hidden"]),
            Offers = new Dictionary<string, IReadOnlyList<Alternative>> { ["p"] = [new Alternative("/l", "n", "/p", 1, [new AlternativeSlave("/s", "t", "/u")])] },
            Accounts = new AccountList(new Dictionary<string, SystemUser> { ["u"] = new("u", "g", "", "/", "/bin/sh") }, new Dictionary<string, IReadOnlyList<string>> { ["g"] = ["u"] }),
            Diversions = [new Diversion("p", "usr/a b", "usr/c")],
            Triggers = ["t"],
            Ran = [new RanScript("p", "postinst", Blake3.Hash("s"u8), Blake3.Hash("k"u8), "a log\nof lines\n")],
        };
        outcome = outcome with { Digest = Blake3.Hash(Encoding.UTF8.GetBytes(OutcomeText.Body(outcome))) };
        var text = OutcomeText.Write(outcome);
        Assert.Equal(text, OutcomeText.Write(OutcomeText.Read(text, "/f")!));
        Assert.Null(OutcomeText.Read(text.Replace("usr/gone", "usr/bone", StringComparison.Ordinal), "/f"));
        Assert.Null(OutcomeText.Read("", "/f"));
    }

    [Fact]
    public void Changes_replace_links_files_and_folders_of_a_tree()
    {
        var plan = TestPackage.Plan(new TestPackage("a").File("usr/a/x").File("usr/b/y").File("usr/c"));
        new LayerChanges(
            [
                new LayerEntry(TreeEntry.SymbolicLink(RelativePath.Of("usr/a"), "b"), ""), new LayerEntry(TreeEntry.Directory(RelativePath.Of("usr/c")), ""),
                new LayerEntry(TreeEntry.File(RelativePath.Of("usr/c/new"), false, default, 0), "/s"), new LayerEntry(TreeEntry.SymbolicLink(RelativePath.Of("usr/e"), "/etc/alternatives/e"), ""),
            ],
            ["usr/b/y"], []).ApplyTo(plan.Root);
        var usr = plan.Root.Directories["usr"];
        Assert.Equal(["a"], usr.Files.Keys);
        Assert.Equal(["b", "c"], usr.Directories.Keys.Order());
        Assert.Empty(usr.Directories["b"].Files);
        Assert.Equal(["new"], usr.Directories["c"].Files.Keys);
    }

    [Fact]
    public void Without_scripts_not_even_alternatives_are_made()
    {
        var package = new TestPackage("a").File("usr/bin/a").Script("postinst", "#!/bin/sh\nupdate-alternatives --install /usr/bin/x x /usr/bin/a 1\n");
        var request = new EnvironmentRequest { Packages = [package.Package] };
        Assert.Contains("x", TestPackage.Plan(request, package).Root.Find("usr/bin")!.Files.Keys);
        Assert.DoesNotContain("x", TestPackage.Plan(request with { Scripts = ScriptPolicy.None }, package).Root.Find("usr/bin")!.Files.Keys);
    }

    [Fact]
    public void A_keystore_holds_names_in_order_and_is_sealed()
    {
        var store = JavaKeystore.Write([("B.pem", new byte[] { 2 }), ("A.pem", new byte[] { 1 })]);
        Assert.Equal("FEEDFEED0000000200000002", Convert.ToHexString(store.AsSpan(0, 12)));
        Assert.True(store.AsSpan().IndexOf("debian:a.pem"u8) < store.AsSpan().IndexOf("debian:b.pem"u8));
        Assert.Equal(12 + (2 * (4 + 2 + 12 + 8 + 2 + 5 + 4 + 1)) + 20, store.Length);
        Assert.Equal(store, JavaKeystore.Write([("A.pem", new byte[] { 1 }), ("B.pem", new byte[] { 2 })]));
    }

    private static PackageControl[] Packages(params (string Name, string Depends, bool Essential)[] packages) =>
        [.. packages.Select(package => new TestPackage(package.Name).Script("control",
            $"Package: {package.Name}\nVersion: 1\nArchitecture: all\n{(package.Depends.Length > 0 ? $"Depends: {package.Depends}\n" : "")}{(package.Essential ? "Essential: yes\n" : "")}"))
            .Select(package => PackageControl.Of(package.Package, package.Contents, new PackagesReader("amd64")))];

    /// <summary>What the kernel does with a filter, for the instructions that it uses.</summary>
    private static uint Run(byte[] program, uint call, uint architecture)
    {
        uint accumulator = 0;
        for (var at = 0; ; at++)
        {
            var instruction = program.AsSpan(at * 8, 8);
            var value = BinaryPrimitives.ReadUInt32LittleEndian(instruction[4..]);
            switch (BinaryPrimitives.ReadUInt16LittleEndian(instruction))
            {
                case 0x20:
                    accumulator = value == 0 ? call : architecture;
                    break;
                case 0x15:
                    at += accumulator == value ? instruction[2] : instruction[3];
                    break;
                default:
                    return value;
            }
        }
    }
}
