namespace Veridian.Debian.MaintainerScripts;

/// <summary>How dpkg calls a maintainer script when a package is installed that was not there before.</summary>
/// <param name="Argument">The script's first argument; the second one, an older version, is empty.</param>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-21.</remarks>
public sealed record ScriptCall(string Argument)
{
    /// <summary>A postinst after all is in place.</summary>
    public static ScriptCall Configure { get; } = new("configure");

    /// <summary>A preinst before the package is unpacked.</summary>
    public static ScriptCall Install { get; } = new("install");
}
