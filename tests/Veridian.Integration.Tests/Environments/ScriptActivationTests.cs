using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Environments;

public sealed class ScriptActivationTests(ScriptSystem system) : IClassFixture<ScriptSystem>
{
    [NeedsFact(Needs.Bubblewrap)]
    public async Task What_a_script_writes_changes_and_removes_is_the_environments()
    {
        var package = system.Package("writer", "", [("etc/writer/conf", "old\n"), ("usr/share/writer/gone", "x"), ("usr/share/writer/stays", "x")], Script(
            "mkdir -p /var/lib/writer; echo made > /var/lib/writer/made; chmod +x /var/lib/writer/made; ln -s made /var/lib/writer/link; echo new >> /etc/writer/conf; rm /usr/share/writer/gone"));
        var plan = await system.BuildAsync(package);
        Assert.Equal("made\n", await File.ReadAllTextAsync(system.PathOf(plan, "var/lib/writer/link")));
        Assert.Equal("old\nnew\n", await File.ReadAllTextAsync(system.PathOf(plan, "etc/writer/conf")));
        Assert.Equal(["stays"], Directory.GetFiles(system.PathOf(plan, "usr/share/writer")).Select(Path.GetFileName));
        Assert.Equal("old\n", await File.ReadAllTextAsync($"{system.StorePath}/objects/{package.Object}/etc/writer/conf"));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Changing_an_owner_succeeds_whoever_builds()
    {
        var plan = await system.BuildAsync(system.Package("owner", "", [], Script("mkdir /srv/x; chown 33:33 /srv/x; chown -h 44 /srv/x; id -u > /srv/x/user")));
        Assert.Equal("0\n", await File.ReadAllTextAsync(system.PathOf(plan, "srv/x/user")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Alternatives_in_a_loop_are_offered_and_chosen_like_all_others()
    {
        var package = system.Package("editors", "", [("usr/bin/e1", ""), ("usr/bin/e2", "")], Script(
            "for i in 1 2; do update-alternatives --install /usr/bin/edit edit /usr/bin/e$i $i; done"));
        var literal = system.Package("other", "", [("usr/bin/e3", "")], Script("update-alternatives --install /usr/bin/edit edit /usr/bin/e3 3"));
        Assert.Equal("/usr/bin/e2", Link(await system.BuildAsync(package)));
        var plan = await system.BuildAsync(package, literal);
        Assert.Equal("/usr/bin/e3", Link(plan));
        Assert.Equal(["applied\tother\talternatives"], await Records(plan, "other"));

        string? Link(EnvironmentPlan plan) => new FileInfo(system.PathOf(plan, "etc/alternatives/edit")).LinkTarget;
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_package_is_configured_after_what_it_depends_on()
    {
        var first = system.Package("zz-first", "", [], Script("echo first > /srv/order"));
        var second = system.Package("aa-second", "Depends: zz-first\n", [], Script("echo second >> /srv/order"));
        var plan = await system.BuildAsync(second, first);
        Assert.Equal("first\nsecond\n", await File.ReadAllTextAsync(system.PathOf(plan, "srv/order")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_preinst_runs_before_its_package_is_there_and_after_what_that_depends_on()
    {
        var first = system.Package("early", "", [], Script("echo early > /srv/order"));
        var second = system.Package("prepared", "Depends: early\n", [("usr/share/prepared", "packed")],
            ("preinst", "#!/bin/sh\nset -e\ntest ! -e /usr/share/prepared\nread -r line < /var/lib/dpkg/tmp.ci/control; test \"$line\" = 'Package: prepared'\nmkdir -p /usr/share\necho \"preinst $*\" >> /srv/order; echo mine > /usr/share/prepared\n"),
            Script("cat /usr/share/prepared >> /srv/order; echo \" postinst\" >> /srv/order"));
        var plan = await system.BuildAsync(second, first);
        Assert.Equal("early\npreinst install\npacked postinst\n", await File.ReadAllTextAsync(system.PathOf(plan, "srv/order")));
        Assert.Equal("packed", await File.ReadAllTextAsync(system.PathOf(plan, "usr/share/prepared")));
        Assert.Equal(["preinst", "postinst"], (await Records(plan, "prepared")).Select(line => line.Split('\t')[2]));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task An_account_that_a_preinst_makes_is_there_for_the_postinst()
    {
        var plan = await system.BuildAsync(system.Package("server", "", [],
            ("preinst", "#!/bin/sh\necho 'served:x:100:100::/srv:/bin/sh' >> /etc/passwd; echo 'served:x:100:' >> /etc/group\n"), Script("while read -r line; do case $line in served:*) echo yes > /srv/there;; esac; done < /etc/passwd")));
        Assert.True(File.Exists(system.PathOf(plan, "srv/there")));
        Assert.Contains(await File.ReadAllLinesAsync(system.PathOf(plan, "activation/passwd")), line => line.StartsWith("served:", StringComparison.Ordinal));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_diversion_that_only_the_script_knows_moves_the_file_of_the_others()
    {
        var other = system.Package("diverted", "", [("usr/share/diverted/tool", "of the other")]);
        var plan = await system.BuildAsync(other, system.Package("diverting", "", [],
            ("preinst", "#!/bin/sh\nf=$(echo tool); : dpkg-divert --add /usr/share/diverted/$f\nprintf '%s\\n' /usr/share/diverted/$f /usr/share/diverted/$f.old diverting >> /var/lib/dpkg/diversions\n")));
        Assert.Equal(["tool.old"], Directory.GetFiles(system.PathOf(plan, "usr/share/diverted")).Select(Path.GetFileName));
        Assert.Equal("of the other", await File.ReadAllTextAsync(system.PathOf(plan, "usr/share/diverted/tool.old")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_package_may_go_without_its_scripts_and_that_is_recorded()
    {
        var (broken, other) = (system.Package("hopeless", "", [], Script("exit 7")), system.Package("fine", "", [], Script("touch /srv/fine")));
        var error = await Assert.ThrowsAsync<BuildFailedException>(() => system.BuildAsync(broken, other));
        Assert.Contains("without-scripts = [\"hopeless\"]", error.Hint, StringComparison.Ordinal);
        var plan = await system.BuildWithoutScriptsAsync(["hopeless"], broken, other);
        Assert.True(File.Exists(system.PathOf(plan, "srv/fine")));
        Assert.StartsWith("skipped\thopeless\tpostinst\t", Assert.Single(await Records(plan, "hopeless")), StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_package_that_goes_without_its_scripts_makes_no_index_either()
    {
        var tool = system.Package("shared-mime-info", "", [], [("usr/bin/update-mime-database", "#!/bin/sh\nexit 7\n")], ("postinst", "#!/bin/sh\nexit 7\n"));
        var plan = await system.BuildWithoutScriptsAsync(["shared-mime-info"], tool, system.Package("one-type", "", [("usr/share/mime/packages/one.xml", "1")]));
        Assert.StartsWith("skipped\tshared-mime-info\t", Assert.Single(await Records(plan, "shared-mime-info")), StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_script_that_does_nothing_at_a_first_installation_does_not_run()
    {
        var plan = await system.BuildAsync(system.Package("upgrader", "", [], ("preinst", "#!/bin/sh\nif [ \"$1\" = upgrade ]; then exit 7; fi\n"), Script("if [ -n \"$2\" ]; then exit 7; fi")));
        Assert.Empty(await Records(plan, "upgrader"));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task An_index_is_made_once_by_the_environments_own_program()
    {
        var tool = system.Package("shared-mime-info", "", [], [("usr/bin/update-mime-database", "#!/bin/sh\necho \"$@\" >> /usr/share/mime/calls; ls /usr/share/mime/packages > /usr/share/mime/cache\n")],
            ("postinst", "#!/bin/sh\nexit 7\n"), ("triggers", "interest-noawait /usr/share/mime/packages\n"));
        var (one, two) = (system.Package("one-type", "", [("usr/share/mime/packages/one.xml", "1")]), system.Package("two-types", "", [("usr/share/mime/packages/two.xml", "2")], Script("touch /srv/x")));
        var plan = await system.BuildAsync(tool, one, two);
        Assert.Equal("/usr/share/mime\n", await File.ReadAllTextAsync(system.PathOf(plan, "usr/share/mime/calls")));
        Assert.Equal("one.xml\ntwo.xml\n", await File.ReadAllTextAsync(system.PathOf(plan, "usr/share/mime/cache")));
        Assert.StartsWith("ran\tshared-mime-info\tmime-cache\t", Assert.Single(await Records(plan, "shared-mime-info")), StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task An_index_that_was_made_ahead_is_made_again_when_a_trigger_changed_what_it_sees()
    {
        var tool = system.Package("shared-mime-info", "", [], [("usr/bin/update-mime-database", "#!/bin/sh\nls /usr/share/mime/packages > /usr/share/mime/cache\n")], ("triggers", ""));
        var late = system.Package("late-type", "", [("usr/share/mime/packages/early.xml", "")],
            ("triggers", "interest-noawait late\n"), ("postinst", "#!/bin/sh\nif [ \"$1\" = triggered ]; then echo > /usr/share/mime/packages/late.xml; fi\n"));
        var plan = await system.BuildAsync(tool, late, system.Package("zz-caller", "", [], Script("dpkg-trigger --no-await late")));
        Assert.Equal("early.xml\nlate.xml\n", await File.ReadAllTextAsync(system.PathOf(plan, "usr/share/mime/cache")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task The_database_of_Haskell_packages_is_made_once_when_all_are_there()
    {
        var tool = system.Package("ghc", "", [("var/lib/ghc/package.conf.d/base.conf", "")], [("usr/bin/ghc-pkg", "#!/bin/sh\necho \"$@\" >> /var/lib/ghc/calls; ls /var/lib/ghc/package.conf.d > /var/lib/ghc/package.conf.d/package.cache\n")],
            ("postinst", "#!/bin/sh\nset -e\nghc-pkg recache --global\necho \"$1\" >> /srv/ghc\n"), ("triggers", "interest-noawait /var/lib/ghc/package.conf.d\n"));
        var plan = await system.BuildAsync(tool, system.Package("libghc-x-dev", "Depends: ghc\n", [("var/lib/ghc/package.conf.d/x.conf", "")]));
        Assert.Equal("configure\n", await File.ReadAllTextAsync(system.PathOf(plan, "srv/ghc")));
        Assert.Equal("recache --global\nrecache --global\n", await File.ReadAllTextAsync(system.PathOf(plan, "var/lib/ghc/calls")));
        Assert.Contains("x.conf", await File.ReadAllTextAsync(system.PathOf(plan, "var/lib/ghc/package.conf.d/package.cache")), StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_script_is_told_that_it_is_in_no_running_system()
    {
        var utilities = system.Package("utilities", "", [], [("usr/bin/ischroot", "#!/bin/sh\nexit 1\n")], ("triggers", ""));
        var plan = await system.BuildAsync(utilities, system.Package("asker", "Depends: utilities\n", [], Script("ischroot; echo told > /srv/asked")));
        Assert.Equal("told\n", await File.ReadAllTextAsync(system.PathOf(plan, "srv/asked")));
        Assert.Contains("exit 1", await File.ReadAllTextAsync(system.PathOf(plan, "usr/bin/ischroot")), StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Triggers_are_honoured_once_at_the_end()
    {
        var waiting = system.Package("waiting", "", [], ("triggers", "interest-noawait /usr/share/things\ninterest other\n"), ("postinst", "#!/bin/sh\necho \"$@\" >> /srv/calls\n"));
        var thing = system.Package("thing", "", [("usr/share/things/a", "")], Script("dpkg-trigger --no-await other; echo thing >> /srv/calls"));
        var another = system.Package("another", "", [("usr/share/things/b", "")]);
        var plan = await system.BuildAsync(waiting, thing, another);
        Assert.Equal("thing\nconfigure \ntriggered /usr/share/things other\n", await File.ReadAllTextAsync(system.PathOf(plan, "srv/calls")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task State_of_one_machine_is_not_kept()
    {
        var plan = await system.BuildAsync(system.Package("state", "", [], Script(
            "date > /var/log/x; date > /var/lib/dpkg/y; mkdir -p /etc/ssh /var/cache/z; date > /etc/ssh/ssh_host_rsa_key; date > /etc/hostname; date > /tmp/x; date > /x; date > /var/cache/z/z")));
        Assert.False(File.Exists(system.PathOf(plan, "etc/ssh/ssh_host_rsa_key")));
        Assert.Equal("", await File.ReadAllTextAsync(system.PathOf(plan, "etc/hostname")));
        Assert.DoesNotContain(Directory.GetFileSystemEntries(system.PathOf(plan, ""), "[xyz]", SearchOption.AllDirectories), _ => true);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_failing_script_is_named_with_the_end_of_its_log_and_nothing_is_published()
    {
        var package = system.Package("broken", "", [], Script("touch /srv/half; echo 'no such thing' >&2; exit 7"));
        var before = system.CountEnvironments();
        var error = await Assert.ThrowsAsync<BuildFailedException>(() => system.BuildAsync(package));
        Assert.Equal(ErrorCodes.ScriptFailed, error.Code);
        Assert.Contains("postinst of broken 1 ended with 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such thing", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, system.CountEnvironments());
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_script_writes_neither_to_the_host_nor_to_the_store_nor_to_the_kernel()
    {
        var package = system.Package("hostile", "", [("usr/share/hostile/file", "as packed\n")], Script(
            $"for f in {system.StorePath}/format /proc/sys/kernel/hostname /proc/sys/kernel/core_pattern; do echo x 2>/dev/null > $f || echo refused $f; done >> /srv/log; echo x > /usr/share/hostile/file; ls / > /srv/root"));
        var format = await File.ReadAllTextAsync(system.StorePath + "/format");
        var plan = await system.BuildAsync(package);
        Assert.Equal(format, await File.ReadAllTextAsync(system.StorePath + "/format"));
        Assert.Equal("as packed\n", await File.ReadAllTextAsync($"{system.StorePath}/objects/{package.Object}/usr/share/hostile/file"));
        var refused = await File.ReadAllTextAsync(system.PathOf(plan, "srv/log"));
        Assert.Contains("refused /proc/sys/kernel/hostname", refused, StringComparison.Ordinal);
        Assert.Contains("refused /proc/sys/kernel/core_pattern", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("work", await File.ReadAllTextAsync(system.PathOf(plan, "srv/root")), StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Two_packages_that_change_one_file_end_up_with_both_changes()
    {
        var list = system.Package("list", "", [("etc/list", "")]);
        var plan = await system.BuildAsync(list,
            system.Package("one", "Depends: list\n", [], Script("echo one >> /etc/list")), system.Package("two", "Depends: list\n", [], Script("echo two >> /etc/list")),
            system.Package("three", "Depends: list\n", [], Script("echo three >> /etc/list")));
        Assert.Equal("one\nthree\ntwo\n", await File.ReadAllTextAsync(system.PathOf(plan, "etc/list")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Shells_of_all_packages_are_listed_and_no_script_runs_again_for_that()
    {
        using var folder = new TemporaryFolder();
        var settings = new ScriptSettings { CacheFolder = folder.Path + "/scripts" };
        var plan = await system.BuildAsync(settings,
            system.Package("shell-b", "", [], Script("echo /usr/bin/b >> /etc/shells")), system.Package("shell-a", "", [], Script("printf '# list\\n/usr/bin/a\\n' >> /etc/shells")));
        Assert.Equal("# Valid login shells.\n/usr/bin/a\n/usr/bin/b\n", await File.ReadAllTextAsync(system.PathOf(plan, "etc/shells")));
        Assert.Equal(2, Directory.GetDirectories(settings.CacheFolder).Length);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Shells_that_packages_bring_as_lists_are_listed_without_a_trigger()
    {
        var utilities = system.Package("debianutils", "", [], ("triggers", "interest-noawait /usr/share/debianutils/shells.d\n"), ("postinst", "#!/bin/sh\nset -e\ntest \"$1\" = configure\necho /usr/bin/b >> /etc/shells\n"));
        var plan = await system.BuildAsync(utilities, system.Package("shell-c", "", [("usr/share/debianutils/shells.d/c", "/bin/c\n")]));
        Assert.Equal("# Valid login shells.\n/bin/c\n/usr/bin/b\n/usr/bin/c\n", await File.ReadAllTextAsync(system.PathOf(plan, "etc/shells")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_script_sees_what_its_package_depends_on_and_nothing_else()
    {
        var other = system.Package("stranger", "", [("usr/share/stranger", "")]);
        var needed = system.Package("needed", "", [("usr/share/needed", "")]);
        var plan = await system.BuildAsync(other, needed, system.Package("looks", "Depends: needed\n", [], Script("ls /usr/share > /srv/seen")));
        var seen = await File.ReadAllTextAsync(system.PathOf(plan, "srv/seen"));
        Assert.Contains("needed", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("stranger", seen, StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_new_package_runs_its_own_scripts_only()
    {
        using var folder = new TemporaryFolder();
        var begun = new List<string>();
        var settings = new ScriptSettings { CacheFolder = folder.Path + "/scripts", Begins = begun.Add };
        var (old, leaf) = (system.Package("old", "", [], Script("mkdir /srv/old")), system.Package("leaf", "", [], Script("mkdir /srv/leaf")));
        await system.BuildAsync(settings, old);
        var before = Directory.GetDirectories(settings.CacheFolder);
        var plan = await system.BuildAsync(settings, old, leaf);
        var fresh = Directory.GetDirectories(settings.CacheFolder).Except(before);
        Assert.Contains("\tleaf\t", await File.ReadAllTextAsync(Path.Combine(Assert.Single(fresh), "outcome")), StringComparison.Ordinal);
        Assert.True(Directory.Exists(system.PathOf(plan, "srv/old")));
        Assert.True(Directory.Exists(system.PathOf(plan, "srv/leaf")));
        Assert.Equal(["old postinst", "leaf postinst"], begun);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_changed_package_runs_the_scripts_again_that_can_see_it()
    {
        using var folder = new TemporaryFolder();
        var settings = new ScriptSettings { CacheFolder = folder.Path + "/scripts" };
        var user = system.Package("user", "Depends: tool\n", [], Script("cat /usr/share/tool > /srv/tool"));
        await system.BuildAsync(settings, user, system.Package("tool", "", [("usr/share/tool", "1")]));
        var plan = await system.BuildAsync(settings, user, system.Package("tool", "", [("usr/share/tool", "2")]));
        Assert.Equal("2", await File.ReadAllTextAsync(system.PathOf(plan, "srv/tool")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_damaged_outcome_in_the_cache_is_not_used()
    {
        using var folder = new TemporaryFolder();
        var settings = new ScriptSettings { CacheFolder = folder.Path + "/scripts" };
        await system.BuildAsync(settings, system.Package("kept", "", [], Script("echo right > /srv/kept")));
        var outcome = Path.Combine(Assert.Single(Directory.GetDirectories(settings.CacheFolder)), "outcome");
        await File.WriteAllTextAsync(outcome, (await File.ReadAllTextAsync(outcome)).Replace("srv/kept", "srv/kepp", StringComparison.Ordinal));
        using var other = new ScriptSystem();
        var plan = await other.BuildAsync(settings, other.Package("kept", "", [], Script("echo right > /srv/kept")));
        Assert.Equal("right\n", await File.ReadAllTextAsync(other.PathOf(plan, "srv/kept")));
    }

    [NeedsTheory(Needs.Bubblewrap)]
    [InlineData("sleep 1000", "did not end within 2 s")]
    [InlineData("f() { f | f & }; f; sleep 1000", "had more than 100 processes")]
    [InlineData("while :; do sleep 1000 & done", "had more than 100 processes")]
    [InlineData("i=0; while :; do i=$((i+1)); dd if=/dev/zero of=/srv/$i bs=65536 count=100 2>/dev/null; done", "wrote more than")]
    [InlineData("dd if=/dev/zero of=/srv/big bs=65536 count=2000 2>/dev/null; touch /srv/x", "ended with")]
    public async Task A_script_that_never_ends_or_takes_everything_is_killed(string script, string what)
    {
        var settings = new ScriptSettings
        {
            Limits = new SandboxLimits
            {
                Timeout = TimeSpan.FromSeconds(2),
                RunningProcesses = 100,
                Written = new ByteCount(20 << 20),
                FileSize = new ByteCount(10 << 20),
            },
        };
        var before = system.CountEnvironments();
        var error = await Assert.ThrowsAsync<BuildFailedException>(() => system.BuildAsync(settings, system.Package("greedy", "", [], Script(script))));
        Assert.Contains($"The postinst of greedy 1 {what}", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, system.CountEnvironments());
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task A_script_has_no_network_to_open_a_socket_to()
    {
        var plan = await system.BuildAsync(system.Package("caller", "", [], Script(
            "while read -r name rest; do case $name in *:*) echo \"$name\" >> /srv/net;; esac; done < /proc/net/dev; while read -r line; do echo \"$line\" >> /srv/routes; done < /proc/net/route; ls /run > /srv/run")));
        Assert.Equal("lo:\n", await File.ReadAllTextAsync(system.PathOf(plan, "srv/net")));
        Assert.Single(await File.ReadAllLinesAsync(system.PathOf(plan, "srv/routes")));
        Assert.DoesNotContain("user", await File.ReadAllTextAsync(system.PathOf(plan, "srv/run")), StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Of_two_packages_that_make_one_account_the_first_counts_whatever_the_order()
    {
        var one = system.Package("account-a", "", [], Script("echo 'same:x:100:100:A:/srv:/bin/sh' >> /etc/passwd"));
        var two = system.Package("account-b", "", [], Script("echo 'same:x:101:101:B:/opt:/bin/sh' >> /etc/passwd"));
        Assert.Equal(await Line(await system.BuildAsync(one, two)), await Line(await system.BuildAsync(two, one)));

        async Task<string> Line(EnvironmentPlan plan)
        {
            var line = (await File.ReadAllLinesAsync(system.PathOf(plan, "activation/passwd"))).Single(line => line.StartsWith("same:", StringComparison.Ordinal));
            Assert.Contains(":A:/srv:", line, StringComparison.Ordinal);
            return line;
        }
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Accounts_keep_their_numbers_whatever_else_is_there()
    {
        const string add = "echo 'NAME:x:100:100::/srv:/bin/sh' >> /etc/passwd; echo 'NAME:x:100:' >> /etc/group";
        var (first, second) = (system.Package("first", "", [], Script(add.Replace("NAME", "first", StringComparison.Ordinal))), system.Package("second", "", [], Script(add.Replace("NAME", "second", StringComparison.Ordinal))));
        var alone = await Line(await system.BuildAsync(second));
        Assert.Equal(alone, await Line(await system.BuildAsync(first, second)));
        Assert.Matches("^second:x:[1-8][0-9][0-9]:[1-8][0-9][0-9]::/srv:/bin/sh$", alone);

        async Task<string> Line(EnvironmentPlan plan) => (await File.ReadAllLinesAsync(system.PathOf(plan, "activation/passwd"))).Single(line => line.StartsWith("second:", StringComparison.Ordinal));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public async Task Building_in_another_store_gives_the_same_tree()
    {
        using var other = new ScriptSystem();
        Assert.Equal(await Tree(system), await Tree(other));

        static async Task<string> Tree(ScriptSystem system) => system.TreeOf(await system.BuildAsync(
            system.Package("same", "", [], Script("ls -R /usr > /srv/list; mkdir /srv/d; for i in 1 2 3; do touch /srv/d/$i; done; ls -U /srv/d > /srv/order"))));
    }

    private static (string Name, string Text) Script(string text) => ("postinst", "#!/bin/sh\nset -e\n" + text + "\n");

    private async Task<IReadOnlyList<string>> Records(EnvironmentPlan plan, string package) =>
        [.. (await File.ReadAllLinesAsync(system.PathOf(plan, "activation/record"))).Where(line => line.Split('\t')[1] == package)];
}
