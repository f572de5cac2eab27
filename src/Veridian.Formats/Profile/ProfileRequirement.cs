using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>One package a profile asks for.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-7.</remarks>
public sealed record ProfileRequirement
{
    /// <summary>A package name (N-1).</summary>
    public required string Name { get; init; }

    /// <summary>Constraint text; <c>*</c> for any version.</summary>
    public required string Constraint { get; init; }

    /// <summary>The only repository it may come from; null: any.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether its recommendations are wanted; null: as the profile says.</summary>
    public bool? Recommends { get; init; }

    /// <summary>Whether updates keep the locked version.</summary>
    public bool Hold { get; init; }

    /// <summary>Why it is held; null when not said.</summary>
    public string? HoldReason { get; init; }

    /// <summary>Whether the profile still applies when no repository has it.</summary>
    public bool Optional { get; init; }

    /// <summary>Features wanted of it, sorted.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>What happens to its maintainer scripts; null: as the profile says.</summary>
    /// <remarks>Source: <c>spec/profile.md</c> P-18.</remarks>
    public ScriptPolicy? Scripts { get; init; }

    /// <summary>Where its key stands.</summary>
    public required SourceSpan Span { get; init; }
}
