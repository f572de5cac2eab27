namespace Veridian.Build.Sandbox;

/// <summary>
/// What bubblewrap is told where the root is an overlay: to make a namespace and run a shell that mounts the overlay there and
/// becomes bubblewrap once more.
/// </summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-9 to B-11, B-13. Bubblewrap before 0.11 cannot mount an overlay itself.</remarks>
public static class OverlayArguments
{
    /// <summary>What the complaint about a refused mount begins with.</summary>
    internal const string MountRefused = "overlay: ";

    // What the owner of all files may do with them. Mounting, tracing, devices and the network are not among it.
    private static readonly string[] Kept =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETFCAP", "CAP_SETGID", "CAP_SETUID", "CAP_SYS_CHROOT",
    ];

    private const string Script = """
        cd "$1" || exit
        m=$2 b=$3 o=$4; shift 4
        e=$("$m" -t overlay overlay -o "$o" root 2>&1) || { echo "bwrap: overlay: $e" >&2; exit 1; }
        umask 022
        if [ -s filter ]; then exec "$b" --seccomp 9 "$@" 9<filter; fi
        exec "$b" "$@"
        """;

    /// <summary>The whole argument list, without the program's own name.</summary>
    /// <param name="command">What to run; its user and group are not looked at.</param>
    /// <param name="overlay">Its root.</param>
    /// <param name="bubblewrap">Absolute path of bubblewrap outside.</param>
    /// <param name="mount">Absolute path of the program that mounts.</param>
    /// <param name="guard">What the shell does first, as <see cref="ProcessGuard.Lines"/> says.</param>
    public static IReadOnlyList<string> Of(SandboxCommand command, SandboxOverlay overlay, string bubblewrap, string mount, string guard)
    {
        List<string> arguments =
        [
            "--unshare-user", "--unshare-pid", "--as-pid-1", "--die-with-parent", "--uid", "0", "--gid", "0", "--cap-add", "ALL",
            "--dev-bind", "/", "/", "--proc", "/proc", "--chdir", "/", "--",
            "/bin/sh", "-c", guard + Script, "sh", overlay.Folder, mount, bubblewrap, Options(overlay),
            "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
            "--as-pid-1", "--die-with-parent", "--new-session", "--hostname", command.HostName,
            "--cap-drop", "ALL", .. Kept.SelectMany(name => (string[])["--cap-add", name]),
            "--bind", $"{overlay.Folder}/{SandboxOverlay.RootName}", "/",
        ];
        SandboxArguments.AddInside(command, arguments);
        return arguments;
    }

    private static string Options(SandboxOverlay overlay) =>
        $"lowerdir={string.Join(':', overlay.Lower.Select((_, index) => SandboxOverlay.LinkName(index)))},upperdir={SandboxOverlay.UpperName},workdir={SandboxOverlay.WorkName},userxattr";
}
