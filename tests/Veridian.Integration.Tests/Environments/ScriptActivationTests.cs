using Veridian.Core.Errors;
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
