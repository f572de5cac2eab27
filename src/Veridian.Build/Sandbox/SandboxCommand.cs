namespace Veridian.Build.Sandbox;

/// <summary>A command and everything it may see. Nothing of the caller's surroundings comes in unless it is written here.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-1 to B-5.</remarks>
public sealed record SandboxCommand
{
    /// <summary>The program, as a path inside or a name looked up in the PATH of <see cref="Variables"/>, and its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>How the root is composed, in order; on top of <see cref="Overlay"/> where there is one.</summary>
    public required IReadOnlyList<SandboxMount> Root { get; init; }

    /// <summary>The root that the command may write to as the owner of everything; null where the root is composed of mounts only.</summary>
    /// <remarks>Source: <c>spec/sandbox.md</c> B-9, B-10. The command is user 0 of its own namespace, whatever <see cref="UserId"/> says.</remarks>
    public SandboxOverlay? Overlay { get; init; }

    /// <summary>The whole environment of the command.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Absolute path inside.</summary>
    public string WorkingDirectory { get; init; } = "/";

    /// <summary>The user id the command sees as its own.</summary>
    public int UserId { get; init; } = 1000;

    /// <summary>The group id the command sees as its own.</summary>
    public int GroupId { get; init; } = 100;

    /// <summary>The host name the command sees.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>What it may use.</summary>
    public SandboxLimits Limits { get; init; } = new();
}
