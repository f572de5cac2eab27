namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a maintainer script would do, as far as its text tells.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-18.</remarks>
public sealed record ScriptSummary
{
    /// <summary>Names of the debhelper tools that generated parts of it (<c>dh_installsystemd</c>), each once, in order.</summary>
    public required IReadOnlyList<string> GeneratedBy { get; init; }

    /// <summary>Commands that no tool generated and that are neither scaffolding nor update-alternatives nor ldconfig.</summary>
    public required IReadOnlyList<string> OwnCommands { get; init; }

    /// <summary>Whether it is a shell script at all.</summary>
    public required bool IsShell { get; init; }

    /// <summary>Whether the script has nothing beyond generated snippets, alternatives and ldconfig.</summary>
    public bool IsPlain => IsShell && OwnCommands.Count == 0;

    /// <summary>Summarises a script; at most 1 MiB of it is looked at, a longer one is not plain.</summary>
    public static ScriptSummary Of(ReadOnlySpan<byte> script) => throw new NotSupportedException();
}
