using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>One table <c>[[repository]]</c>, defaults filled in.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-6.</remarks>
public sealed record ProfileRepository
{
    /// <summary>What stands for the time in <see cref="Snapshot"/>.</summary>
    public const string TimeMark = "{time}";

    /// <summary>How packages and messages refer to it; a package name's alphabet.</summary>
    public required string Name { get; init; }

    /// <summary>What kind of repository: <c>debian</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<string> Suites { get; init; }

    /// <summary>Default <c>main</c>.</summary>
    public IReadOnlyList<string> Components { get; init; } = ["main"];

    /// <summary>Where it is; null: the host's own sources of these suites.</summary>
    public string? Url { get; init; }

    /// <summary>Path of the key file; null: the keys the host trusts.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Whether the profile says <c>trust = "unsigned"</c>.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Higher wins before newer; -32768 to 32767.</summary>
    public int Priority { get; init; } = 500;

    /// <summary>Whether it takes part.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The architectures of machines that it is for; empty: every one.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Whether an expired <c>Valid-Until</c> is an error.</summary>
    public bool CheckValidUntil { get; init; } = true;

    /// <summary>Days after which metadata without <c>Valid-Until</c> is too old; null: the default limit.</summary>
    public int? MaxAgeDays { get; init; }

    /// <summary>How long its versions must have been known before they are installed, as written; null: as the profile says.</summary>
    public string? MinAge { get; init; }

    /// <summary>Where earlier states of it are, with <c>{time}</c> in the place of a time; null: nowhere.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Where the table stands.</summary>
    public required SourceSpan Span { get; init; }
}
