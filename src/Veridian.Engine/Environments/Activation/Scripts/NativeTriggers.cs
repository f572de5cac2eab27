namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Triggers that lead to no script: vpkg does what they stand for itself, or it has no meaning for a tree that is not a running system.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-12.</remarks>
internal static class NativeTriggers
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        // Done for the whole environment at once.
        "ldconfig", "update-ca-certificates", "update-ca-certificates-fresh", "update-ca-certificates-java", "update-ca-certificates-java-fresh",
        LoginShells.Trigger,
        // Made once by the program itself, when all scripts have run.
        "/var/lib/ghc/package.conf.d",
        // Indexes below var/cache, which is empty whenever a command starts.
        "/usr/share/man",
        // Kernels, boot loaders, a running service manager or message bus.
        "update-initramfs", "/usr/share/initramfs-tools", "/usr/lib/systemd/system", "/lib/systemd/system", "/etc/systemd/system", "/usr/lib/systemd/user",
        "/usr/lib/udev/hwdb.d", "/lib/udev/hwdb.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d", "/usr/lib/sysctl.d", "/usr/lib/binfmt.d", "/usr/lib/tmpfiles.d",
        "/usr/lib/sysusers.d", "/etc/init.d", "/usr/share/dbus-1/system.d", "/usr/share/dbus-1/system-services", "/usr/share/dbus-1/services", "/etc/dbus-1/system.d",
        "libc-upgrade", "/usr/lib/systemd/catalog",
    };

    /// <summary>Whether a trigger is one of them.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
