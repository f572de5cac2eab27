using System.Runtime.InteropServices;

namespace Veridian.Engine.Profiles;

/// <summary>What this machine is called in profiles and locks.</summary>
public static class HostPlatform
{
    /// <summary>Debian's name of the processor architecture.</summary>
    public static string Architecture => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.X86 => "i386",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>The platform key, <c>linux-amd64</c>.</summary>
    public static string Name => $"linux-{Architecture}";
}
