using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Engine.Environments.Running;
using Veridian.Posix;

namespace Veridian.Engine.Running;

/// <summary>What this host's kernel lets an account do that matters for running environments: read from its settings, nothing is tried.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-60.</remarks>
public sealed record HostGrants
{
    /// <summary>The oldest kernel with all calls of an entry program: <c>mount_setattr</c> came with 5.12.</summary>
    private static readonly Version Oldest = new(5, 12);

    /// <summary>Whether it runs programs that we write instruction by instruction.</summary>
    public bool RunsEntryPrograms { get; init; }

    /// <summary>The kernel's release, two numbers of it.</summary>
    public required Version Kernel { get; init; }

    /// <summary>Whether an ordinary program may make a user namespace and mount in it; root needs none.</summary>
    public bool Namespaces { get; init; }

    /// <summary>Whether AppArmor lets only some programs do so, bubblewrap among them: Ubuntu's setting.</summary>
    public bool NamespacesByProfile { get; init; }

    /// <summary>Whether the account has a range of ids of its own, and the programs that map it: then an environment can have several users.</summary>
    public bool IdRange { get; init; }

    /// <summary>Whether the kernel itself keeps the limit on a maintainer script's processes, for this account.</summary>
    /// <remarks>Source: <c>spec/sandbox.md</c> B-13.</remarks>
    public bool ProcessLimit { get; init; }

    /// <summary>Whether programs of other processors start by themselves.</summary>
    public bool ForeignPrograms { get; init; }

    /// <summary>What <c>vpkg doctor</c> says about it, in a fixed order.</summary>
    public IReadOnlyList<HostFinding> Findings =>
    [
        new("user-namespaces", Namespaces, Namespaces ? "Ordinary programs can make user namespaces: environments run without root." : "User namespaces are switched off: no environment can be entered.",
            Namespaces ? "" : "Set kernel.unprivileged_userns_clone to 1 and user.max_user_namespaces above 0 with sysctl."),
        new("apparmor", !NamespacesByProfile, NamespacesByProfile ? "AppArmor lets only some programs mount in a namespace: launchers start bubblewrap, and a signal that ends a launcher reaches its command as SIGTERM." : "AppArmor does not restrict namespaces.",
            NamespacesByProfile ? "Set kernel.apparmor_restrict_unprivileged_userns to 0 with sysctl if you want launchers to enter by themselves." : ""),
        new("kernel", Kernel >= Oldest, $"The kernel is {Kernel}; launchers enter by themselves from {Oldest} on.", Kernel >= Oldest ? "" : "Use a newer kernel, or keep bubblewrap installed."),
        new("id-range", IdRange, IdRange ? "The account has a range of ids: environments can have several users." : "The account has no range of ids, or newuidmap and newgidmap are missing: an environment has one user.",
            IdRange ? "" : "Install 'uidmap' and add ranges to /etc/subuid and /etc/subgid with 'usermod --add-subuids 100000-165535 --add-subgids 100000-165535 NAME'."),
        new("process-limit", ProcessLimit, ProcessLimit ? "The kernel keeps the limit on the processes of maintainer scripts." : "The processes of maintainer scripts are only counted, ten times a second: a hostile script can take all of the machine's first.",
            ProcessLimit ? "" : $"Use a kernel of {ProcessGuard.CountsInNamespaces} or newer, or one of {ProcessGuard.CountsInUserNamespaces} or newer without being root."),
        new("binfmt", ForeignPrograms, ForeignPrograms ? "Programs for other processors start through binfmt_misc." : "Programs for other processors do not start by themselves.",
            ForeignPrograms ? "" : "Install 'qemu-user-static' if you need them."),
    ];

    /// <summary>Whether launchers enter by themselves on a host with this top level; else they are bubblewrap (E-62).</summary>
    public bool LaunchersEnter(HostRoot host) => EntersItself && RunArguments.IsMerged(host);

    /// <summary>Whether an entry program can make the namespaces itself.</summary>
    public bool EntersItself => RunsEntryPrograms && Kernel >= Oldest && Namespaces && !NamespacesByProfile;

    /// <summary>Reads the settings.</summary>
    /// <param name="root">Where <c>proc</c> lies; <c>/</c> but in tests.</param>
    public static HostGrants Read(string root = "/")
    {
        var user = ProcessOwner.Read().User;
        var isRoot = user == 0;
        var kernel = Release(Text(root, "osrelease"));
        return new HostGrants
        {
            RunsEntryPrograms = RuntimeInformation.OSArchitecture == Architecture.X64,
            Kernel = kernel,
            ProcessLimit = kernel >= (isRoot ? ProcessGuard.CountsInNamespaces : ProcessGuard.CountsInUserNamespaces),
            Namespaces = isRoot || (Text(root, "unprivileged_userns_clone") != "0" && Text(root, "../user/max_user_namespaces") != "0"),
            IdRange = HasRange(root, "subuid", user) && HasRange(root, "subgid", user) && File.Exists(Path.Combine(root, "usr/bin/newuidmap")) && File.Exists(Path.Combine(root, "usr/bin/newgidmap")),
            ForeignPrograms = Directory.Exists(Path.Combine(root, "proc/sys/fs/binfmt_misc")) && Directory.EnumerateFiles(Path.Combine(root, "proc/sys/fs/binfmt_misc"), "qemu-*").Any(),
            NamespacesByProfile = !isRoot && Text(root, "apparmor_restrict_unprivileged_userns") == "1",
        };
    }

    private static Version Release(string text)
    {
        var numbers = text.Split('.', '-', '+');
        return numbers.Length >= 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            ? new Version(major, minor)
            : new Version(0, 0);
    }

    /// <summary>Whether a list of ranges, <c>NAME-OR-ID:FIRST:COUNT</c>, has one for an account.</summary>
    private static bool HasRange(string root, string list, int user)
    {
        const int maxBytes = 4 << 20;
        var id = user.ToString(CultureInfo.InvariantCulture);
        var name = Lines("passwd").FirstOrDefault(fields => fields.Length > 2 && fields[2] == id)?[0];
        return Lines(list).Any(fields => fields.Length == 3 && (fields[0] == id || fields[0] == name));

        IEnumerable<string[]> Lines(string file) =>
            Encoding.UTF8.GetString(BoundedFile.TryRead(Path.Combine(root, "etc", file), maxBytes) ?? []).Split('\n').Select(line => line.Split(':'));
    }

    private static string Text(string root, string setting) =>
        Encoding.ASCII.GetString(ProcText.TryRead(Path.Combine(root, "proc/sys/kernel", setting)) ?? []).Trim();
}
