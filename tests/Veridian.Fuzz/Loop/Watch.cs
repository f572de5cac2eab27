using System.Diagnostics;
using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace Veridian.Fuzz.Loop;

/// <summary>Keeps the input that is being read where it survives the process, and ends the process when it hangs or holds too much memory.</summary>
internal sealed class Watch : IDisposable
{
    /// <summary>Exit code of a process that hung.</summary>
    public const int Hung = 90;

    /// <summary>Exit code of a process that held too much memory.</summary>
    public const int TooLarge = 91;

    private const int MostBytes = 1 << 20;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Timer _timer;
    private long _case;
    private long _seen = -1;
    private (TimeSpan Processor, long Clock) _since;

    public Watch(string file)
    {
        _file = MemoryMappedFile.CreateFromFile(file, FileMode.Create, null, MostBytes);
        _view = _file.CreateViewAccessor();
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>The most memory that the process has held so far, in bytes.</summary>
    public static long PeakResident() => File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, _] ? long.Parse(kilobytes, CultureInfo.InvariantCulture) << 10 : 0;

    /// <summary>The input that was being read when the process that made this file died.</summary>
    public static byte[] LastInput(string file)
    {
        using var bytes = new BinaryReader(File.OpenRead(file));
        return bytes.ReadBytes(Math.Clamp(bytes.ReadInt32(), 0, MostBytes - 4));
    }

    public void Begin(byte[] input)
    {
        _view.Write(0, input.Length);
        _view.WriteArray(4, input, 0, Math.Min(input.Length, MostBytes - 4));
        Interlocked.Increment(ref _case);
    }

    public void End() => Interlocked.Increment(ref _case);

    public void Dispose()
    {
        _timer.Dispose();
        _view.Dispose();
        _file.Dispose();
    }

    private void Look()
    {
        // Odd while a case is being read. On a busy machine only the processor's time says how long it takes.
        var (now, processor) = (Interlocked.Read(ref _case), Environment.CpuUsage.TotalTime);
        if (now % 2 == 0 || now != _seen)
        {
            (_seen, _since) = (now, (processor, Stopwatch.GetTimestamp()));
        }
        else if (processor - _since.Processor > FuzzLimits.Hang || Stopwatch.GetElapsedTime(_since.Clock) > FuzzLimits.Asleep)
        {
            Environment.Exit(Hung);
        }

        if (Environment.WorkingSet > FuzzLimits.Resident)
        {
            Environment.Exit(TooLarge);
        }
    }
}
