using System.Text.Json;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>Maintainer scripts from a person's view: <c>spec/activation.md</c>.</summary>
public sealed class ScriptTests
{
    private const string Postinst = """
        #!/bin/sh
        set -e
        mkdir -p /srv/list /etc/made
        for i in 9 3 7 1; do touch /srv/list/$i; done
        ls -U /srv/list > /etc/made/order
        ls -lnR /etc /usr/share > /dev/null
        chown -R 33:33 /srv/list
        chmod 700 /etc/made
        update-alternatives --install /usr/bin/pick pick /usr/bin/picked$(nproc > /dev/null; echo) 10
        echo "name:x:999:999::/srv:/bin/sh" >> /etc/passwd
        """;

    [NeedsFact(Needs.Bubblewrap)]
    public void The_same_lock_gives_the_same_environment_whoever_builds_it_where_and_on_how_many_cores()
    {
        var first = Manifest();
        Assert.Equal(first, Manifest("taskset", "-c", "0"));
        if (Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"))
        {
            Assert.Equal(first, Manifest(ordinary: true));
        }
    }

    [NeedsFact(Needs.Bubblewrap)]
    public void What_ran_is_told_with_digest_exit_code_and_log()
    {
        using var journey = Ready("echo a line of the log; touch /srv/x");
        journey.Works("apply", "--yes");
        var text = journey.Works("info", "--activation", "scripted").Output;
        Assert.Contains("ran: postinst ", text, StringComparison.Ordinal);
        Assert.Contains("      a line of the log\n", text, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(journey.Works("info", "--activation", "--json").Output);
        var package = document.RootElement.GetProperty("packages").EnumerateArray().Single(package => package.GetProperty("package").GetString() == "scripted");
        var run = Assert.Single(package.GetProperty("ran").EnumerateArray());
        Assert.Equal((0, "a line of the log\n"), (run.GetProperty("exitCode").GetInt32(), run.GetProperty("log").GetString()));
        Assert.Equal(64, document.RootElement.GetProperty("layer").GetString()!.Length);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public void A_script_has_no_more_than_the_caller()
    {
        using var journey = Ready("ulimit -f; ulimit -n");
        journey.Before = ["/bin/sh", "-c", "ulimit -f 4000000; ulimit -n 900; exec \"$@\"", "sh"];
        journey.Works("apply", "--yes");
        Assert.Contains("      4000000\n      900\n", journey.Works("info", "--activation", "scripted").Output, StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public void A_profile_may_do_without_scripts()
    {
        using var journey = Ready("touch /srv/x", "[profile]\nscripts = \"native\"\n");
        Assert.Contains("\"scripts\": \"native\"", journey.Works("plan", "--json").Output, StringComparison.Ordinal);
        Assert.Contains("1 package with set-up scripts that were not run", journey.Works("apply", "--yes").Error, StringComparison.Ordinal);
        Assert.Contains("not run: postinst: touch /srv/x", journey.Works("info", "--activation", "scripted").Output, StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public void A_failing_script_leaves_everything_as_it_was()
    {
        using var journey = Ready("touch /srv/x; echo 'it cannot be' >&2; exit 3");
        var said = journey.Vpkg("apply", "--yes");
        Assert.Equal(6, said.ExitCode);
        Assert.Contains("error[VS6201]: The postinst of scripted 1.0 ended with 3.", said.Error, StringComparison.Ordinal);
        Assert.Contains("  it cannot be", said.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(journey.Root, "store/environments")));
        Assert.Equal("", journey.Works("generations").Output);

        // Now that the package is there, a plan knows its script; and the package may go without it.
        Assert.Contains("Set-up scripts that run in the sandbox: scripted\n", journey.Works("plan").Output, StringComparison.Ordinal);
        journey.Write("scripted = \"*\"", "[profile]\nwithout-scripts = [\"scripted\"]\n");
        Assert.DoesNotContain("Set-up scripts", journey.Works("plan").Output, StringComparison.Ordinal);
        Assert.Contains("1 package with set-up scripts that were not run", journey.Works("apply", "--yes").Error, StringComparison.Ordinal);
    }

    [NeedsFact(Needs.Bubblewrap)]
    public void A_package_may_have_its_own_word_on_scripts()
    {
        using var journey = Ready("touch /srv/x; update-alternatives --install /usr/bin/pick pick /usr/bin/picked 1");
        journey.Repository.Add(new TinyPackage("other", "1.0").File("usr/share/other/x", "x").Member("postinst", "#!/bin/sh\ntouch /srv/other\n")).Publish();
        journey.Write("scripted = { scripts = \"native\" }\nother = \"*\"");
        Assert.Contains("Set-up scripts as the profile says of single packages: scripted (native)\n", journey.Works("plan").Output, StringComparison.Ordinal);
        Assert.Equal((false, true, true), After());

        journey.Write("scripted = { scripts = \"none\" }\nother = \"*\"");
        Assert.Contains("\"scriptsOfPackages\": [", journey.Works("plan", "--json").Output, StringComparison.Ordinal);
        Assert.Equal((false, false, true), After());

        journey.Write("scripted = { scripts = \"run\" }\nother = \"*\"", "[profile]\nscripts = \"native\"\n");
        Assert.Contains("of single packages: scripted (run)\n", journey.Works("plan").Output, StringComparison.Ordinal);
        Assert.Equal((true, true, false), After());

        (bool Ran, bool Offered, bool OtherRan) After()
        {
            var folder = Path.Combine(journey.Root, "store/environments");
            var before = Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];
            journey.Works("apply", "--yes");
            var newest = Assert.Single(Directory.GetDirectories(folder).Except(before));
            return (File.Exists(newest + "/srv/x"), new FileInfo(newest + "/etc/alternatives/pick").LinkTarget is not null, File.Exists(newest + "/srv/other"));
        }
    }

    [NeedsTheory(Needs.Bubblewrap | Needs.NamespaceLimits | Needs.UnprivilegedUser)]
    [InlineData("f() { f | f & }; f; sleep 1000", false)]
    [InlineData("f() { f | f & }; f; sleep 1000", true)]
    [InlineData("while :; do sleep 1000 & done", false)]
    [InlineData("while :; do sleep 1000 & done", true)]
    public void A_script_that_forks_for_ever_is_named_with_its_limit_whoever_builds(string script, bool ordinary)
    {
        using var journey = Ready(script);
        if (ordinary && Environment.IsPrivilegedProcess)
        {
            BecomeOrdinary(journey);
        }

        var said = journey.Vpkg("apply", "--yes");
        Assert.Equal(6, said.ExitCode);
        Assert.Contains("error[VS6202]: The postinst of scripted 1.0 had more than 1000 processes at once.", said.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Path.Combine(journey.Root, "store/environments")));
    }

    [NeedsFact(Needs.Bubblewrap)]
    public void Gc_removes_what_scripts_did_for_environments_that_are_gone()
    {
        using var journey = Ready("touch /srv/x");
        journey.Works("apply", "--yes");
        journey.Works("gc");
        Assert.Contains(" of it by 1 run of scripts", journey.Works("cache", "info").Output, StringComparison.Ordinal);
        journey.Write("scripted = \"*\"", "[profile]\nscripts = \"native\"\n");
        journey.Works("apply", "--yes");
        Assert.Contains("Would remove 1 kept run of scripts", journey.Works("gc", "--keep", "1", "--dry-run").Output, StringComparison.Ordinal);
        Assert.Contains("Removed 1 kept run of scripts", journey.Works("gc", "--keep", "1").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("of scripts", journey.Works("cache", "info").Output, StringComparison.Ordinal);
        journey.Works("cache", "clean");
        Assert.False(Directory.Exists(Path.Combine(journey.Root, "cache", "scripts")));
    }

    private static Journey Ready(string script, string more = "")
    {
        var journey = new Journey();
        journey.Repository.Add(
            HostSystem.Package(),
            new TinyPackage("scripted", "1.0").File("usr/bin/picked", "").File("usr/share/a/b", "c").Member("postinst", script.StartsWith('#') ? script : $"#!/bin/sh\nset -e\n{script}\n")).Publish();
        return journey.Write("scripted = \"*\"", more);
    }

    /// <summary>The program runs as another account from now on, in folders of its own.</summary>
    private static void BecomeOrdinary(Journey journey)
    {
        foreach (var path in new[] { journey.PathOf(""), journey.Folder, journey.Root })
        {
            Directory.CreateDirectory(path);
            File.SetUnixFileMode(path, (UnixFileMode)0x1FF);
        }

        journey.Before = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    }

    private static string Manifest(params string[] before) => Manifest(ordinary: false, before);

    private static string Manifest(bool ordinary, params string[] before)
    {
        using var journey = Ready(Postinst);
        journey.Before = before;
        if (ordinary)
        {
            BecomeOrdinary(journey);
        }

        journey.Works("apply", "--yes");
        var store = Path.Combine(journey.Root, "store");
        var environment = Path.GetFileName(Assert.Single(Directory.GetDirectories(store + "/environments")));
        Assert.Equal("1\n3\n7\n9\n", string.Concat(File.ReadAllLines($"{store}/environments/{environment}/etc/made/order").Order().Select(line => line + "\n")));
        return File.ReadAllText($"{store}/manifests/{environment}");
    }
}
