namespace Veridian.Fuzz.Loop;

/// <summary>What a run of one parser came to.</summary>
/// <param name="Cases">Inputs read.</param>
/// <param name="Accepted">Of these, not refused.</param>
/// <param name="Words">Different outcomes.</param>
/// <param name="Seconds">Time taken.</param>
/// <param name="SlowestMilliseconds">The longest case.</param>
/// <param name="Slowest">Its input.</param>
/// <param name="MostAllocated">Bytes allocated by the most wasteful case.</param>
/// <param name="Finds">What went wrong, with the input.</param>
internal sealed record FuzzResult(
    long Cases, long Accepted, int Words, double Seconds, double SlowestMilliseconds, byte[] Slowest, long MostAllocated, IReadOnlyList<(string What, byte[] Input)> Finds);
