namespace Veridian.Build.Sandbox;

/// <summary>One step in composing the root that a sandboxed command sees. Steps are carried out in order; later ones lie on top.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-2.</remarks>
public abstract record SandboxMount
{
    private SandboxMount(string target) => Target = target;

    /// <summary>Absolute path inside.</summary>
    public string Target { get; }

    /// <summary>A host directory or file, with everything mounted below it.</summary>
    /// <param name="Source">Absolute path outside.</param>
    /// <param name="Target">Absolute path inside.</param>
    /// <param name="Access">What may be done through it.</param>
    /// <param name="Optional">Whether a missing source is passed over in silence.</param>
    public sealed record Bind(string Source, string Target, BindAccess Access = BindAccess.ReadOnly, bool Optional = false) : SandboxMount(Target);

    /// <summary>An empty, writable file system in memory.</summary>
    public sealed record Tmpfs(string Target) : SandboxMount(Target);

    /// <summary>A directory of the sandbox's own root.</summary>
    public sealed record Directory(string Target) : SandboxMount(Target);

    /// <summary>A symbolic link in the sandbox's own root.</summary>
    /// <param name="Content">What the link says; not followed.</param>
    /// <param name="Target">Absolute path of the link inside.</param>
    public sealed record SymbolicLink(string Content, string Target) : SandboxMount(Target);

    /// <summary>A process file system.</summary>
    public sealed record Processes(string Target = "/proc") : SandboxMount(Target);

    /// <summary>A minimal set of devices: null, zero, full, random, urandom, tty, a terminal of its own.</summary>
    public sealed record Devices(string Target = "/dev") : SandboxMount(Target);
}

/// <summary>What may be done through a bind.</summary>
public enum BindAccess
{
    /// <summary>Reading only; device files do not work.</summary>
    ReadOnly,

    /// <summary>Reading and writing; device files do not work.</summary>
    ReadWrite,

    /// <summary>Reading, writing, and device files work.</summary>
    Devices,
}
