namespace Veridian.Engine.Running;

/// <summary>The caller's variables that a pure shell keeps: who it is for, where it is shown, and how to reach the session.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-31.</remarks>
public static class PureVariables
{
    private static readonly HashSet<string> Kept = new(StringComparer.Ordinal)
    {
        "COLORTERM", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "HOME", "LOGNAME", "NO_COLOR", "PWD", "SHELL", "SSH_AUTH_SOCK", "TERM", "TERMINFO", "TZ", "USER",
        "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR",
    };

    /// <summary>Whether a variable is kept.</summary>
    public static bool Keep(string name) => Kept.Contains(name);
}
