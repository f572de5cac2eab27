namespace Veridian.Benchmarks.Measuring;

/// <summary>A program under measurement failed: the figure has no numbers.</summary>
internal sealed class BenchmarkFailedException(string message) : Exception(message);
