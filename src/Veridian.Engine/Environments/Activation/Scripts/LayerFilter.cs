namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>What of the things that scripts write belongs to an environment, and what is the state of one machine, random, or made by vpkg itself.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-8.</remarks>
internal static class LayerFilter
{
    private static readonly string[] Roots = ["etc", "opt", "srv", "usr", "var"];

    // A trailing slash: the folder and all in it. Else: this path only.
    private static readonly string[] NotKept =
    [
        // dpkg's, debconf's, ucf's and systemd's own records: they describe a system that is changed in place.
        "var/lib/dpkg/", "var/lib/apt/", "var/lib/ucf/", "var/lib/systemd/", "var/lib/pam/seen", "var/backups/",
        // Gone whenever a command starts.
        "var/cache/", "var/log/", "var/tmp/", "var/run/", "var/lock/", "var/mail/",
        // State of one machine, and secrets.
        "etc/machine-id", "var/lib/dbus/machine-id", "etc/hostname", "etc/hosts", "etc/mailname", "etc/resolv.conf", "etc/localtime", "etc/timezone",
        "etc/ssh/ssh_host_rsa_key", "etc/ssh/ssh_host_rsa_key.pub", "etc/ssh/ssh_host_ecdsa_key", "etc/ssh/ssh_host_ecdsa_key.pub",
        "etc/ssh/ssh_host_ed25519_key", "etc/ssh/ssh_host_ed25519_key.pub", "etc/ssl/private/", "var/lib/random-seed", "etc/munge/munge.key",
        // Accounts, shells, the loader's cache, alternatives, certificates: made for the whole environment at once.
        "etc/passwd", "etc/passwd-", "etc/group", "etc/group-", "etc/shadow", "etc/shadow-", "etc/gshadow", "etc/gshadow-", "etc/subuid", "etc/subuid-", "etc/subgid",
        "etc/subgid-", "etc/.pwd.lock", "etc/nsswitch.conf", "etc/shells", "var/lib/shells.state", "etc/ld.so.cache", "etc/ld.so.cache~", "etc/alternatives/", "etc/ssl/certs/",
        // Start-up of a machine.
        "etc/rc0.d/", "etc/rc1.d/", "etc/rc2.d/", "etc/rc3.d/", "etc/rc4.d/", "etc/rc5.d/", "etc/rc6.d/", "etc/rcS.d/", "etc/initramfs-tools/", "var/lib/initramfs-tools/",
    ];

    private static readonly HashSet<string> Files = NotKept.Where(path => !path.EndsWith('/')).ToHashSet(StringComparer.Ordinal);
    private static readonly string[] Folders = [.. NotKept.Where(path => path.EndsWith('/'))];

    /// <summary>Whether a path is kept; for a directory, whether something in it may be.</summary>
    public static bool MayHold(string path, bool isDirectory)
    {
        var end = path.IndexOf('/', StringComparison.Ordinal);
        if (!Roots.AsSpan().Contains(end < 0 ? path : path[..end]) || (end < 0 && !isDirectory) || Files.Contains(path))
        {
            return false;
        }

        var withEnd = path + "/";
        return !Array.Exists(Folders, folder => withEnd.StartsWith(folder, StringComparison.Ordinal))
            // Written by every run of an interpreter, whose moment they hold; read-only trees do without.
            && !withEnd.Contains("/__pycache__/", StringComparison.Ordinal);
    }
}
