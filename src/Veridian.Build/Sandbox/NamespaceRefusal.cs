using Veridian.Core.Errors;

namespace Veridian.Build.Sandbox;

/// <summary>Recognises that the kernel's policy forbids namespaces, and says how to allow them.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-7.</remarks>
public static class NamespaceRefusal
{
    private static readonly string[] Signs =
    [
        "No permissions to create",
        "Creating new namespace failed",
        "setting up uid map: Permission denied",
        "setting up uid map: Operation not permitted",
        "Unable to open user namespace",
        "loopback: Failed RTM_NEWADDR: Operation not permitted",
    ];

    /// <summary>Whether bubblewrap's complaint, without its name in front, means that.</summary>
    public static bool Is(string complaint) => Array.Exists(Signs, sign => complaint.Contains(sign, StringComparison.Ordinal));

    /// <summary>The error for it.</summary>
    public static UnavailableException Error(string complaint) => new(
        ErrorCodes.NamespacesForbidden,
        $"This machine does not let ordinary users make namespaces: {complaint}.",
        "As root, set 'sysctl kernel.unprivileged_userns_clone=1' (older Debian) or "
        + "'sysctl kernel.apparmor_restrict_unprivileged_userns=0' (Ubuntu), and in a container allow user namespaces.");
}
