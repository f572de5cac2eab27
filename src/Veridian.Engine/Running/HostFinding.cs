namespace Veridian.Engine.Running;

/// <summary>One thing that a host grants, or does not, and what follows from it.</summary>
/// <param name="Topic">One word.</param>
/// <param name="Granted">Whether all is as good as it can be.</param>
/// <param name="Text">What was found and what it means, one sentence.</param>
/// <param name="Hint">What to do about it, one imperative sentence; empty where there is nothing to do.</param>
public sealed record HostFinding(string Topic, bool Granted, string Text, string Hint);
