namespace Veridian.Engine.Applying;

/// <summary>What a verb wants of <see cref="ApplyPlanner"/>.</summary>
public sealed record ApplyRequest
{
    /// <summary>The profile's new text where the verb edits it; null to take it as it stands on disk.</summary>
    public byte[]? ProfileText { get; init; }

    /// <summary>Names whose locked versions may move; null for none, empty for all.</summary>
    public IReadOnlyCollection<string>? Move { get; init; }

    /// <summary>The lock of a saved plan, realised as it stands; null where the lock is found out anew.</summary>
    public Formats.Lockfile.LockFile? Planned { get; init; }

    /// <summary>What is written into the history, <c>install jq</c>.</summary>
    public required string Command { get; init; }
}
