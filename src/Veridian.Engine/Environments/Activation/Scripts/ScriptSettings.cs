using Veridian.Build.Sandbox;
using Veridian.Core.Units;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>How maintainer scripts run. Nothing of it changes what they do.</summary>
public sealed record ScriptSettings
{
    /// <summary>What that folder is called in the user's cache.</summary>
    public const string CacheName = "scripts";

    /// <summary>Absolute path of the folder that keeps what they did for the next time; null to keep nothing.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The clock by which others are waited for that use that folder.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of every script that begins to run, from several threads: the package and the script.</summary>
    public Action<string> Begins { get; init; } = _ => { };

    /// <summary>How many run at once.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>What each may use.</summary>
    public SandboxLimits Limits { get; init; } = new()
    {
        Timeout = TimeSpan.FromMinutes(10),
        ProcessorTime = TimeSpan.FromMinutes(10),
        FileSize = new ByteCount(4L << 30),
        AddressSpace = new ByteCount(64L << 30),
        OpenFiles = 4096,
        RunningProcesses = 1000,
        Written = new ByteCount(8L << 30),
    };
}
