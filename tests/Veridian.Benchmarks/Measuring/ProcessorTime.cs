namespace Veridian.Benchmarks.Measuring;

/// <summary>The time that all processors together have been busy since the machine started.</summary>
internal static class ProcessorTime
{
    private const int TicksPerSecond = 100;

    /// <summary>Reads it, in steps of 10 ms; zero where the kernel does not say.</summary>
    public static TimeSpan Read()
    {
        // cpu user nice system idle iowait irq softirq steal guest guest_nice; guests are counted in user.
        var fields = File.ReadLines("/proc/stat").FirstOrDefault()?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return fields.Length < 8
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(new[] { 1, 2, 3, 6, 7 }.Sum(i => long.Parse(fields[i])) / (double)TicksPerSecond);
    }
}
