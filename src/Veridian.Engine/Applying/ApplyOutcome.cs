namespace Veridian.Engine.Applying;

/// <summary>What an apply did.</summary>
/// <param name="Generation">The generation that is current now.</param>
/// <param name="Changed">False if there was nothing to do.</param>
/// <param name="Skipped">Per package, what of its activation was not run.</param>
public sealed record ApplyOutcome(int Generation, bool Changed, IReadOnlyList<string> Skipped);
