using Veridian.Engine.Locating;
using Veridian.Engine.Progress;
using Veridian.Engine.Running;

namespace Veridian.Engine;

/// <summary>What surrounds one command: where things lie, which profile, which settings, which clock, who listens.</summary>
public sealed record Workspace
{
    /// <summary>Folders.</summary>
    public required Locations Locations { get; init; }

    /// <summary>The profile worked on.</summary>
    public required ProfileLocation Profile { get; init; }

    /// <summary>Settings from the command line.</summary>
    public EngineSettings Settings { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Who is told of progress.</summary>
    public required IEngineObserver Observer { get; init; }

    /// <summary>Environment variables, by name.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>What the host's kernel lets launchers do; asked where it matters.</summary>
    public Func<HostGrants> Grants { get; init; } = () => HostGrants.Read();

    /// <summary>Worker threads for unpacking and verifying.</summary>
    public int Workers => Settings.Jobs > 0 ? Settings.Jobs : Math.Max(1, Environment.ProcessorCount);
}
