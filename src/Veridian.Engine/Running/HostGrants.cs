using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
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

    /// <summary>Whether an entry program can make the namespaces itself.</summary>
    public bool EntersItself => RunsEntryPrograms && Kernel >= Oldest && Namespaces && !NamespacesByProfile;

    /// <summary>Reads the settings.</summary>
    /// <param name="root">Where <c>proc</c> lies; <c>/</c> but in tests.</param>
    public static HostGrants Read(string root = "/")
    {
        var isRoot = ProcessOwner.Read().User == 0;
        return new HostGrants
        {
            RunsEntryPrograms = RuntimeInformation.OSArchitecture == Architecture.X64,
            Kernel = Release(Text(root, "osrelease")),
            Namespaces = isRoot || (Text(root, "unprivileged_userns_clone") != "0" && Text(root, "../user/max_user_namespaces") != "0"),
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

    private static string Text(string root, string setting) =>
        Encoding.ASCII.GetString(ProcText.TryRead(Path.Combine(root, "proc/sys/kernel", setting)) ?? []).Trim();
}
