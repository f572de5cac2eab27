namespace Veridian.Benchmarks.Measuring;

/// <summary>What one sample cost, per run where it has several.</summary>
/// <param name="Wall">From start to exit.</param>
/// <param name="Cpu">User and system time of the process and all descendants it waited for.</param>
/// <param name="PeakMemory">Resident bytes of the largest process among them; an upper bound, see <see cref="MeasuredProcess"/>.</param>
/// <param name="OthersCpu">Processors that everybody else kept busy meanwhile: how far to trust <paramref name="Wall"/>.</param>
internal readonly record struct Sample(TimeSpan Wall, TimeSpan Cpu, long PeakMemory, double OthersCpu);
