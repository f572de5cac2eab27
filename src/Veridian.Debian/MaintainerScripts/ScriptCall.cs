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

    /// <summary>Results of tests of files that are known, by operator and absolute path: <c>-e /etc/x</c>.</summary>
    public IReadOnlyDictionary<string, bool> Tests { get; init; } = new Dictionary<string, bool>();

    /// <summary>Names of commands, and of debhelper's tools that write them into scripts, of which nothing is left to do in this run.</summary>
    public IReadOnlyList<string> Needless { get; init; } = [];
}
