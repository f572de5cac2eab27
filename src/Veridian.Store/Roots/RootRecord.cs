using Veridian.Core.Hashing;
using Veridian.Core.Paths;

namespace Veridian.Store.Roots;

/// <summary>One reason why things in the store must stay: a generation, or something a person pinned.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-20 to ST-22.</remarks>
public sealed record RootRecord
{
    /// <summary>Its file name: 1 to 128 of <c>a-z 0-9 - _ .</c>, not starting with a dot.</summary>
    public required string Id { get; init; }

    /// <summary>"generation", "environment" or "manual".</summary>
    public required string Kind { get; init; }

    /// <summary>The profile file it was made for; empty if none.</summary>
    public string Project { get; init; } = "";

    /// <summary>The generation's folder; the root counts no more once that is gone. Empty if it does not hang on a folder.</summary>
    public string Generation { get; init; } = "";

    /// <summary>When it was last used. Written as the file's time.</summary>
    public DateTimeOffset Used { get; init; }

    /// <summary>The objects kept.</summary>
    public IReadOnlyList<StorePath> Objects { get; init; } = [];

    /// <summary>The environments kept, each with the objects its manifest names.</summary>
    public IReadOnlyList<Blake3Digest> Environments { get; init; } = [];
}
