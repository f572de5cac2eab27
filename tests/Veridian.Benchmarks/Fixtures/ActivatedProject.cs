using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Veridian.Benchmarks.Measuring;
using Veridian.Build.Sandbox;
using Veridian.Testing;

namespace Veridian.Benchmarks.Fixtures;

/// <summary>A project with an environment of about 470 packages and all that their scripts do, every package in the store.</summary>
internal sealed partial class ActivatedProject
{
    private const string Leaf = "tree";
    private static readonly string[] Packages = ["xfce4", "gimp", "git", "python3", "gcc", "libc6-dev", "vim", "mpv", "nginx", "nodejs", "evince"];
    private readonly Workbench _bench;
    private readonly Dictionary<string, (string Profile, string Lock)> _versions = [];
    private readonly Lazy<string> _lower;

    private ActivatedProject(Workbench bench)
    {
        _bench = bench;
        Root = bench.Fresh("activated/root");
        Folder = bench.Fresh("activated/project");
        Plain = Apply("native", Packages, "scripts = \"native\"");
        Apply("leaf", [.. Packages, Leaf], "scripts = \"run\"");
        Environment = Apply("run", Packages, "scripts = \"run\"");
        _lower = new Lazy<string>(MakeLower);
    }

    /// <summary>The <c>--root</c> of all that it has.</summary>
    public string Root { get; }

    /// <summary>The folder of its profile.</summary>
    public string Folder { get; }

    /// <summary>A copy by hard links of the environment without what scripts do.</summary>
    public string Plain { get; }

    /// <summary>A copy by hard links of the environment with what scripts do.</summary>
    public string Environment { get; }

    /// <summary>Downloads, unpacks and applies.</summary>
    /// <exception cref="SkippedException">There is no mirror, or no bubblewrap.</exception>
    public static ActivatedProject Prepare(Workbench bench)
    {
        Workbench.Need(Needs.Mirror | Needs.Bubblewrap);
        return new ActivatedProject(bench);
    }

    /// <summary>For the report: its size.</summary>
    public string Describe() => $"{Directory.GetDirectories(Path.Combine(Root, "store/objects")).Length} packages, {TreeSize.Of(Environment)}";

    /// <summary>Applies the profile as it is.</summary>
    public Command Apply() => _bench.Vpkg(Root, "apply", "--frozen", "--offline", "--yes", "--quiet", "-f", Folder);

    /// <summary>Nothing has been applied, and no script has ever run.</summary>
    /// <param name="version"><c>native</c>, <c>run</c> or <c>leaf</c>.</param>
    public void Nothing(string version)
    {
        Clear();
        File.WriteAllText(Path.Combine(Folder, "vpkg.toml"), _versions[version].Profile);
        File.WriteAllText(Path.Combine(Folder, "vpkg.lock"), _versions[version].Lock);
    }

    /// <summary>The environment is there; profile and lock ask for one small package more.</summary>
    public void BeforeLeaf()
    {
        Nothing("run");
        _bench.Process.Run(Apply());
        File.WriteAllText(Path.Combine(Folder, "vpkg.toml"), _versions["leaf"].Profile);
        File.WriteAllText(Path.Combine(Folder, "vpkg.lock"), _versions["leaf"].Lock);
    }

    /// <summary>All scripts of the same packages, one after the other by a shell, in the same kind of sandbox.</summary>
    public Command Loop()
    {
        var command = new SandboxCommand
        {
            Arguments = ["/bin/sh", "-c", "cd /var/lib/dpkg/info; for s in *.postinst; do DPKG_MAINTSCRIPT_PACKAGE=${s%%[:.]*} ./$s configure '' || :; done >/dev/null 2>&1"],
            Root = [new SandboxMount.Processes(), new SandboxMount.Devices()],
            Variables = new Dictionary<string, string>
            {
                ["DEBIAN_FRONTEND"] = "noninteractive",
                ["DPKG_MAINTSCRIPT_NAME"] = "postinst",
                ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            },
        };
        return new Command("bwrap", OverlayArguments.Of(command, new SandboxOverlay([_lower.Value], _bench.PathOf("activated/loop")), Which("bwrap"), Which("mount"), guard: ""));
    }

    /// <summary>An empty upper folder for <see cref="Loop"/>.</summary>
    public void BeforeLoop()
    {
        var folder = _bench.Fresh("activated/loop");
        foreach (var name in new[] { "upper", "work", "root" })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        File.CreateSymbolicLink(Path.Combine(folder, "0"), _lower.Value);
        File.WriteAllBytes(Path.Combine(folder, "filter"), OwnershipFilter.For(RuntimeInformation.ProcessArchitecture) ?? []);
    }

    private string Apply(string name, string[] packages, string settings)
    {
        Clear();
        File.WriteAllText(Path.Combine(Folder, "vpkg.toml"), $"[profile]\n{settings}\n[packages]\n{string.Concat(packages.Select(package => $"{package} = \"*\"\n"))}");
        _bench.Prepare(_bench.Vpkg(Root, "apply", "--yes", "--quiet", "-f", Folder));
        _versions[name] = (File.ReadAllText(Path.Combine(Folder, "vpkg.toml")), File.ReadAllText(Path.Combine(Folder, "vpkg.lock")));
        var folder = Directory.GetDirectories(Path.Combine(Root, "store/environments")).Single();
        var copy = _bench.PathOf($"activated/tree-{name}");
        _bench.Discard(copy);
        _bench.Prepare(new Command("cp", "-al", folder, copy));
        return copy;
    }

    private void Clear()
    {
        foreach (var folder in new[] { "store/environments", "state", "store/roots" })
        {
            foreach (var entry in Directory.Exists(Path.Combine(Root, folder)) ? Directory.GetDirectories(Path.Combine(Root, folder)) : [])
            {
                File.Delete(Path.Combine(Root, "store/manifests", Path.GetFileName(entry)));
                _bench.Discard(entry);
            }
        }

        _bench.Discard(_bench.PathOf("cache/scripts"));
    }

    /// <summary>The tree with dpkg's records, as the loop finds it.</summary>
    private string MakeLower()
    {
        Workbench.Need("dpkg-deb");
        var lower = _bench.PathOf("activated/lower");
        _bench.Discard(lower);
        _bench.Prepare(new Command("cp", "-al", Plain, lower));
        _bench.Prepare(new Command("chmod", "-R", "u+w", lower));
        var debs = Digest().Matches(_versions["run"].Lock).Select(match => _bench.PathOf($"cache/packages/{match.Groups[1].Value}.deb")).Where(File.Exists);
        var list = _bench.PathOf("activated/debs");
        File.WriteAllLines(list, debs);
        _bench.Prepare(new Command("sh", "-c", """
            set -e; cd "$1"; rm -f var/cache var/log var/tmp etc/passwd etc/group etc/machine-id; cp activation/passwd activation/group etc/
            mkdir -p dev proc sys run/lock tmp root home var/cache/debconf var/log var/tmp var/lib/dpkg/info var/lib/dpkg/updates var/lib/dpkg/triggers var/lib/dpkg/alternatives usr/local/bin usr/local/share
            printf '#!/bin/sh\nexit 101\n' > usr/sbin/policy-rc.d; chmod 755 usr/sbin/policy-rc.d; : > var/lib/dpkg/triggers/Unincorp; : > var/lib/dpkg/diversions; : > var/lib/dpkg/statoverride
            echo 1 > var/lib/dpkg/info/format
            while read -r deb; do
              dpkg-deb -e "$deb" control; n=$(sed -n 's/^Package: //p' control/control); a=$(sed -n 's/^Architecture: //p' control/control)
              grep -q '^Multi-Arch: same' control/control && n=$n:$a
              { sed -n '1p' control/control; echo 'Status: install ok installed'; sed 1d control/control; echo; } >> var/lib/dpkg/status
              { echo /.; dpkg-deb --fsys-tarfile "$deb" | tar -t | sed 's/^\.//; s,/$,,'; } > var/lib/dpkg/info/$n.list
              for f in control/*; do case $f in */control|*/md5sums) ;; *) cp "$f" var/lib/dpkg/info/$n.${f#control/} ;; esac; done; rm -rf control
            done < "$2"
            """, "sh", lower, list));
        return lower;
    }

    private static string Which(string program) => SandboxPrograms.Find(program, System.Environment.GetEnvironmentVariable("PATH") ?? "", null) ?? throw new SkippedException($"{program} is not installed");

    [GeneratedRegex("sha256 = \"([0-9a-f]{64})\"")]
    private static partial Regex Digest();
}
