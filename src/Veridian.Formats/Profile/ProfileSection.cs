using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>Packages, variables and file rules: of the whole file, of one target or of one environment.</summary>
public sealed record ProfileSection
{
    /// <summary>An empty section.</summary>
    public static ProfileSection Empty { get; } = new();

    /// <summary>Table <c>packages</c> in the order of the file.</summary>
    public IReadOnlyList<ProfileRequirement> Packages { get; init; } = [];

    /// <summary>Table <c>env</c> in the order of the file.</summary>
    public IReadOnlyList<ProfileVariable> Variables { get; init; } = [];

    /// <summary>Table <c>files</c> in the order of the file.</summary>
    public IReadOnlyList<FileRule> Files { get; init; } = [];
}

/// <summary>One variable of <c>[env]</c>.</summary>
/// <param name="Name">A shell's variable name.</param>
/// <param name="Template">The value as written, references unresolved.</param>
/// <param name="Span">Where its key stands.</param>
public sealed record ProfileVariable(string Name, string Template, SourceSpan Span);

/// <summary>One rule of <c>[files]</c>.</summary>
/// <param name="Kind">Which of the three tables it stands in.</param>
/// <param name="Package">The package it speaks of.</param>
/// <param name="Path">Path inside the environment; empty for a priority.</param>
/// <param name="NewPath">Where a renamed file goes; empty otherwise.</param>
/// <param name="Priority">Higher wins a file conflict; 0 otherwise.</param>
/// <param name="Span">Where its key stands.</param>
public sealed record FileRule(FileRuleKind Kind, string Package, string Path, string NewPath, long Priority, SourceSpan Span);

/// <summary>How a file conflict is settled.</summary>
public enum FileRuleKind
{
    /// <summary>The package's files win over those of packages with a lower number.</summary>
    Priority,

    /// <summary>The package's copy of a path is left out.</summary>
    Hide,

    /// <summary>The package's copy of a path goes elsewhere.</summary>
    Rename,
}
