using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Composing;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Running;

/// <summary>All that a launcher's text depends on.</summary>
public sealed record RunSettings
{
    /// <summary>The environment's identity.</summary>
    public required Blake3Digest Environment { get; init; }

    /// <summary>The environment's name for people, seen inside as <c>VPKG_ENV</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the environment's folder.</summary>
    public required string EnvironmentFolder { get; init; }

    /// <summary>The mounts of a composed tree in order; empty for a tree that is written whole.</summary>
    public IReadOnlyList<PlacedPart> Parts { get; init; } = [];

    /// <summary>Absolute path of the store, bound read-only over itself.</summary>
    public required string StoreFolder { get; init; }

    /// <summary>Absolute path of the folder with the generation's own passwd, group and machine-id.</summary>
    public required string GenerationFiles { get; init; }

    /// <summary>Absolute path of a whole <c>/etc</c> that the generation has of its own; null for the environment's.</summary>
    public string? Etc { get; init; }

    /// <summary>Files of <c>/etc</c> that the host's do not cover, because the project brings them.</summary>
    public IReadOnlySet<string> OwnEtcFiles { get; init; } = new HashSet<string>();

    /// <summary>Directories that are there whenever a command starts, each after those that it lies in.</summary>
    public IReadOnlyList<RuntimeFolder> Folders { get; init; } = [];

    /// <summary>Absolute path of the folder that keeps <c>/var</c>; null for one that is empty at every start.</summary>
    public string? State { get; init; }

    /// <summary>Absolute path of the host's bundle of certificates, where the environment shall trust it.</summary>
    public string? HostCertificates { get; init; }

    /// <summary>Whether the environment has descriptions of time zones.</summary>
    public bool HasTimeZones { get; init; }

    /// <summary>The program that made the generation, for use inside.</summary>
    public OwnProgram? Program { get; init; }

    /// <summary>The host's top level.</summary>
    public required HostRoot Host { get; init; }

    /// <summary>Absolute path of bubblewrap.</summary>
    public required string Bubblewrap { get; init; }

    /// <summary>Variables of the profile.</summary>
    public IReadOnlyList<EvaluatedVariable> Variables { get; init; } = [];

    /// <summary>Absolute paths of the environment's shells.</summary>
    public IReadOnlyList<string> Shells { get; init; } = [];

    /// <summary>Absolute path of the shell that the profile names; null for the caller's own where the environment has it.</summary>
    public string? Shell { get; init; }

    /// <summary>Whether an entry program can be written for this machine.</summary>
    public bool HasEntry { get; init; }

    /// <summary>Whether the kernel lets a program of ours make the namespaces; else bubblewrap does.</summary>
    public bool EntersItself { get; init; }

    /// <summary>Whether the environment has locale data beyond C.UTF-8.</summary>
    public bool HasLocales { get; init; }
}
