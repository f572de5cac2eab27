namespace Veridian.Engine.RollingBack;

/// <summary>What a rollback did.</summary>
/// <param name="Number">The generation that is current now.</param>
public sealed record RollBackOutcome(int Number);
