using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>One profile file as it is written: checked key by key, not merged with anything.</summary>
/// <remarks>Source: <c>spec/profile.md</c>.</remarks>
public sealed record ProfileFile
{
    /// <summary>The file as the person named it; includes are looked up beside it.</summary>
    public required string FileName { get; init; }

    /// <summary>Table <c>[profile]</c>.</summary>
    public required ProfileSettings Settings { get; init; }

    /// <summary>Paths of key <c>include</c>, as written.</summary>
    public IReadOnlyList<ProfileInclude> Includes { get; init; } = [];

    /// <summary>Tables <c>[[repository]]</c> in the order of the file.</summary>
    public IReadOnlyList<ProfileRepository> Repositories { get; init; } = [];

    /// <summary>Tables <c>[packages]</c>, <c>[env]</c> and <c>[files]</c>.</summary>
    public required ProfileSection Base { get; init; }

    /// <summary>Tables <c>[target.PLATFORM...]</c> by platform.</summary>
    public required IReadOnlyDictionary<string, ProfileSection> Targets { get; init; }

    /// <summary>Tables <c>[environment.NAME...]</c> by name.</summary>
    public required IReadOnlyDictionary<string, ProfileSection> Environments { get; init; }
}

/// <summary>One path of <c>include</c>.</summary>
/// <param name="Path">As written; relative to the folder of the file it stands in, or absolute.</param>
/// <param name="Span">Where it stands.</param>
public sealed record ProfileInclude(string Path, SourceSpan Span);
