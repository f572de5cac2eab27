using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Running;
using Veridian.Formats.Profile;

namespace Veridian.Unit.Tests.Environments;

public sealed class LaunchScriptTests
{
    private static readonly SourceSpan Nowhere = new("vpkg.toml", 1, 1);

    private static readonly HostRoot Merged = new(
        new HashSet<string> { "dev", "etc", "home", "opt", "proc", "run", "srv", "usr", "var" },
        new Dictionary<string, string> { ["bin"] = "usr/bin", ["lib"] = "usr/lib", ["lib64"] = "usr/lib64", ["sbin"] = "usr/sbin" });

    private static readonly HostRoot Unmerged = new(
        new HashSet<string> { "bin", "dev", "etc", "home", "lib", "proc", "run", "sbin", "tmp", "usr", "var" },
        new Dictionary<string, string> { ["data"] = "/home/data" });

    [Fact]
    public void A_merged_host_is_the_base_of_the_root() =>
        Assert.Equal(
            "--dev-bind / / --ro-bind /s/e/usr /usr --ro-bind /s/e/etc /etc --ro-bind /s/e/opt /opt --ro-bind /s/e/srv /srv --ro-bind /s/e/var /var "
            + "--tmpfs /run --dir /run/var/cache --dir /run/var/log --dir /run/var/tmp --dir /run/lock --bind-try /run/dbus /run/dbus --bind-try /run/user /run/user --ro-bind /g/etc /run/vpkg --dev-bind / /run/host "
            + "--ro-bind-try /etc/hostname /etc/hostname --ro-bind-try /etc/hosts /etc/hosts --ro-bind-try /etc/localtime /etc/localtime "
            + "--ro-bind-try /etc/resolv.conf /etc/resolv.conf --ro-bind /s /s --ro-bind /s /run/host/s",
            Mounts(Settings(Merged)));

    [Fact]
    public void Another_host_is_put_together_from_its_parts() =>
        Assert.StartsWith(
            "--bind-try /home /home --bind-try /tmp /tmp --symlink /home/data /data --symlink usr/bin /bin --symlink usr/lib /lib "
            + "--symlink usr/lib32 /lib32 --symlink usr/lib64 /lib64 --symlink usr/libx32 /libx32 --symlink usr/sbin /sbin "
            + "--dev-bind /dev /dev --bind /proc /proc --ro-bind /s/e/usr /usr",
            Mounts(Settings(Unmerged)),
            StringComparison.Ordinal);

    [Fact]
    public void The_store_is_bound_last() => Assert.EndsWith("--ro-bind /s /s --ro-bind /s /run/host/s", Mounts(Settings(Merged)), StringComparison.Ordinal);

    [Theory]
    [InlineData("/opt/vpkg/store")]
    [InlineData("/var/lib/vpkg/store")]
    public void A_store_that_the_environment_hides_is_not_bound(string store) =>
        Assert.DoesNotContain(store + " " + store, Mounts(Settings(Merged) with { StoreFolder = store }), StringComparison.Ordinal);

    [Fact]
    public void Locale_variables_stay_where_the_environment_has_locales()
    {
        Assert.Contains("LC_ALL", RunArguments.Unset(Settings(Merged)));
        Assert.DoesNotContain("LC_ALL", RunArguments.Unset(Settings(Merged) with { HasLocales = true }));
    }

    [Theory]
    [InlineData("/usr/bin", "/usr/bin")]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's $HOME", "'it'\\''s $HOME'")]
    public void Words_are_quoted_for_the_shell(string text, string word) => Assert.Equal(word, LaunchScript.Quote(text));

    [Fact]
    public void Variables_take_host_values_when_the_command_starts()
    {
        var variable = new EvaluatedVariable("MANPATH", [new VariablePart("/x y:", false), new VariablePart("HOME", true)], Nowhere);
        var settings = Settings(Merged) with { Variables = [variable], HasEntry = true };
        Assert.Contains("--setenv MANPATH '/x y:'\"${HOME-}\" ", LaunchScript.Write(settings), StringComparison.Ordinal);
        Assert.Contains("export MANPATH='/x y:'\"${HOME-}\"\n", LaunchScript.Write(settings with { EntersItself = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_users_account_wins_over_one_of_the_same_name_or_number()
    {
        var files = GenerationFiles.For("root:x:0:0:root:/root:/bin/bash\nman:x:1000:12::/:/x\nme:x:7:7::/:/x\n", "users:x:100:\n",
            new HostUser("me", 1000, "us", 100, "Me", "/home/me", "/bin/bash"), "project");
        Assert.Equal("root:x:0:0:root:/root:/bin/bash\nme:x:1000:100:Me:/home/me:/bin/bash\n", files["passwd"]);
        Assert.Equal("us:x:100:\n", files["group"]);
        Assert.Equal(33, files["machine-id"].Length);
    }

    [Fact]
    public void Directories_are_made_at_every_start_and_in_a_kept_var_once()
    {
        var settings = Settings(Merged) with { Folders = [new RuntimeFolder("/run/db", 0x1FD, 7, 8), new RuntimeFolder("/var/log/x", 0x1ED, 0, 0)] };
        Assert.Contains("--dir /run/db --dir /run/var/log/x", Mounts(settings), StringComparison.Ordinal);
        Assert.DoesNotContain("/run/var/log/x", Mounts(settings with { State = "/p/s" }), StringComparison.Ordinal);
        Assert.Contains("mkdir -p \"$s\"/log/x &&\n", LaunchScript.Write(settings with { State = "/p/s" }), StringComparison.Ordinal);
    }

    [Fact]
    public void Bubblewrap_lays_nothing_over_anything()
    {
        var settings = Settings(Merged) with { Parts = [new PlacedPart("usr", "/s/e/usr", "/s/l/usr")] };
        Assert.Throws<InvalidOperationException>(() => LaunchScript.Write(settings));
        Assert.NotEmpty(LaunchScript.Write(settings with { EntersItself = true, HasEntry = true }));
    }

    private static string Mounts(RunSettings settings) =>
        string.Join(' ', RunArguments.Mounts(settings));

    private static RunSettings Settings(HostRoot host) => new()
    {
        Environment = Blake3.Hash("e"u8),
        Name = "test",
        EnvironmentFolder = "/s/e",
        StoreFolder = "/s",
        GenerationFiles = "/g/etc",
        Host = host,
        Bubblewrap = "/usr/bin/bwrap",
    };
}
