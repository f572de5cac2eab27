using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Store.Generations;

/// <summary>What a new generation is to hold.</summary>
public sealed record GenerationDraft
{
    /// <summary>What was asked for, in one line.</summary>
    public required string Command { get; init; }

    /// <summary>The environment, which is in the store and kept by a transaction.</summary>
    public required Blake3Digest Environment { get; init; }

    /// <summary>Other environments that this one cannot be without, because it borrows from them.</summary>
    public IReadOnlyList<Blake3Digest> Lenders { get; init; } = [];

    /// <summary>Every object the generation needs.</summary>
    public required IReadOnlyList<StorePath> Closure { get; init; }

    /// <summary>The profile's bytes as they will stand in the project.</summary>
    public required byte[] Profile { get; init; }

    /// <summary>The lock file's bytes as they will stand in the project.</summary>
    public required byte[] Lock { get; init; }

    /// <summary>The files the profile includes.</summary>
    public IReadOnlyList<IncludedFile> Includes { get; init; } = [];

    /// <summary>
    /// Adds files of the caller's own to the folder before it is made durable and published. Gets the folder as it is being
    /// written and the path it will have; both absolute.
    /// </summary>
    public Action<string, string>? Furnish { get; init; }
}
