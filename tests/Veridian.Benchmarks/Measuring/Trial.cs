namespace Veridian.Benchmarks.Measuring;

/// <summary>One of the two sides of a figure.</summary>
/// <param name="Title">For the report.</param>
/// <param name="Start">The command of a run, by the run's number within its sample.</param>
internal sealed record Trial(string Title, Func<int, Command> Start)
{
    /// <summary>A side whose runs are all the same.</summary>
    public Trial(string title, Command command) : this(title, _ => command)
    {
    }

    /// <summary>Brings everything back to where each sample begins; not measured.</summary>
    public Action Reset { get; init; } = () => { };

    /// <summary>Runs in one sample; the sample is their mean. More than one where a single run is too short to time.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>The time, from what the program prints; null: the whole process is timed.</summary>
    public Func<string, TimeSpan>? Reading { get; init; }

    /// <summary>Processor time counts, not the wall's.</summary>
    public bool ByProcessor { get; init; }

    /// <summary>What is taken off each sample, measured right after it: the same work without the part that counts. Null: nothing.</summary>
    public Trial? Less { get; init; }

    /// <summary>A side that always takes so long: a bar that is a time and no ratio.</summary>
    public static Trial Constant(TimeSpan time) => new($"{time.TotalSeconds:F0} s", new Command("true")) { Reading = _ => time };

    /// <summary>The warm-up: also tells the peak of memory, in bytes.</summary>
    public long WarmUp(MeasuredProcess process)
    {
        Reset();
        return Enumerable.Range(0, Math.Min(Runs, 2)).Max(run => process.PeakMemory(Start(run)));
    }

    /// <summary>One sample.</summary>
    public Sample Measure(MeasuredProcess process)
    {
        var whole = MeasureWhole(process);
        return Less?.Measure(process) is { } less ? whole with { Wall = whole.Wall - less.Wall, Cpu = whole.Cpu - less.Cpu } : whole;
    }

    private Sample MeasureWhole(MeasuredProcess process)
    {
        Reset();
        if (Reading is { } read)
        {
            var time = read(process.Read(Start(0)));
            return new Sample(time, time, 0, 0);
        }

        NativeProcess.Sync();
        var runs = Enumerable.Range(0, Runs).Select(run => process.Run(Start(run))).ToArray();
        return new Sample(
            TimeSpan.FromTicks((long)runs.Average(run => ByProcessor ? run.Cpu.Ticks : run.Wall.Ticks)),
            TimeSpan.FromTicks((long)runs.Average(run => run.Cpu.Ticks)),
            runs.Max(run => run.PeakMemory),
            runs.Average(run => run.OthersCpu));
    }
}
