namespace Veridian.Benchmarks.Fixtures;

/// <summary>A figure cannot be taken on this machine.</summary>
internal sealed class SkippedException(string reason) : Exception(reason);
