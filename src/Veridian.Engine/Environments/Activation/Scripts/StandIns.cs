using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Programs that scripts call and that do nothing while they run: what they would make is state of a machine, or is made otherwise.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-6. They stand in the view only, never in the environment.</remarks>
internal static class StandIns
{
    /// <summary>Services are neither started nor stopped.</summary>
    public const string PolicyFile = "usr/sbin/policy-rc.d";

    /// <summary>What replaces a program.</summary>
    public const string Nothing = "#!/bin/sh\nexit 0\n";

    /// <summary>What <see cref="PolicyFile"/> is: the answer "forbidden".</summary>
    public const string Policy = "#!/bin/sh\nexit 101\n";

    /// <summary>What replaces a program in Python.</summary>
    public const string NothingInPython = "";

    /// <summary>The modules by which Python compiles itself, which is not kept, and would hold the moment it was done.</summary>
    public static IEnumerable<string> PythonCompilers(PlannedDirectory root) =>
        (root.Find("usr/lib")?.Directories.Keys ?? []).Where(name => name.StartsWith("python3", StringComparison.Ordinal)).Select(name => $"usr/lib/{name}/py_compile.py");

    /// <summary>Paths of the programs, those that a tree has are replaced.</summary>
    public static IReadOnlyList<string> Programs { get; } =
    [
        // Made by vpkg itself, for the whole environment at once.
        "usr/sbin/ldconfig", "usr/sbin/update-ca-certificates", "usr/bin/py3compile", "usr/bin/pycompile", "usr/bin/pypy3compile", "usr/bin/py3clean",
        // State of one machine: clusters, keys, identities.
        "usr/bin/pg_createcluster", "usr/bin/mariadb-install-db", "usr/bin/mysql_install_db", "usr/bin/ssh-keygen", "usr/sbin/make-ssl-cert", "usr/bin/dbus-uuidgen", "usr/bin/systemd-machine-id-setup",
        // Kernels, boot loaders, running systems. What a script sees is no running system: ischroot, too, says so by its success.
        "usr/bin/ischroot",
        "usr/sbin/update-initramfs", "usr/sbin/update-grub", "usr/sbin/depmod", "usr/bin/udevadm", "usr/bin/systemctl", "usr/bin/systemd-hwdb",
        "usr/sbin/update-rc.d", "usr/sbin/invoke-rc.d", "usr/bin/deb-systemd-invoke",
        // Indexes below var/cache, which is empty whenever a command starts.
        "usr/bin/mandb",
    ];
}
