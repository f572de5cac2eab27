namespace Veridian.Benchmarks.Measuring;

/// <summary>Two sides measured in turns: A B A B ….</summary>
/// <param name="Ours">Samples of our side.</param>
/// <param name="Theirs">Samples of the other side.</param>
/// <param name="OurMemory">Peak in bytes.</param>
/// <param name="TheirMemory">Peak in bytes.</param>
internal sealed record Comparison(IReadOnlyList<Sample> Ours, IReadOnlyList<Sample> Theirs, long OurMemory, long TheirMemory)
{
    /// <summary>Measures, after one warm-up of each.</summary>
    /// <exception cref="BenchmarkFailedException">One of them failed.</exception>
    public static Comparison Run(Trial ours, Trial theirs, int rounds, MeasuredProcess process)
    {
        var (ourMemory, theirMemory) = (ours.WarmUp(process), theirs.WarmUp(process));
        var (a, b) = (new List<Sample>(), new List<Sample>());
        for (var round = 0; round < rounds; round++)
        {
            a.Add(ours.Measure(process));
            b.Add(theirs.Measure(process));
        }

        return new Comparison(a, b, ourMemory, theirMemory);
    }

    /// <summary>Ratio of wall times, round by round: neighbours in time had the same machine.</summary>
    public Spread WallRatio => Spread.Of(Ours.Zip(Theirs, (a, b) => a.Wall / b.Wall));

    /// <summary>Ratio of processor times, round by round.</summary>
    public Spread CpuRatio => Spread.Of(Ours.Zip(Theirs, (a, b) => a.Cpu / b.Cpu));

    /// <summary>Processors kept busy by everybody else, over all samples.</summary>
    public double OthersCpu => Spread.Of(Ours.Concat(Theirs).Select(sample => sample.OthersCpu)).Median;
}
