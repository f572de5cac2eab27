using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Veridian.Benchmarks.Measuring;

/// <summary>Runs a program and learns from the kernel what it and its descendants have cost.</summary>
/// <remarks>
/// The kernel counts our own memory as the child's until it has become the program. So memory is asked for separately, with
/// the small program <c>time</c> between us, where it is installed; else the answer is at least our own size.
/// </remarks>
internal sealed class MeasuredProcess(string logFolder)
{
    private const string TimeProgram = "/usr/bin/time";
    private readonly string _log = Path.Combine(logFolder, "output.log");
    private readonly string _memory = Path.Combine(logFolder, "memory.log");

    /// <summary>Runs once and measures.</summary>
    /// <exception cref="BenchmarkFailedException">It did not exit with 0.</exception>
    public Sample Run(Command command)
    {
        var others = ProcessorTime.Read();
        var started = Stopwatch.GetTimestamp();
        var pid = Start(command);
        var status = Wait(pid, out var usage);
        var wall = Stopwatch.GetElapsedTime(started);
        var cpu = new TimeSpan(0, 0, (int)(usage.UserSeconds + usage.SystemSeconds)) + TimeSpan.FromMicroseconds(usage.UserMicroseconds + usage.SystemMicroseconds);
        var busy = ProcessorTime.Read() - others;
        return status == 0
            ? new Sample(wall, cpu, usage.PeakKibibytes << 10, Math.Max(0, (busy - cpu) / wall))
            : throw new BenchmarkFailedException($"'{command}' ended with {Describe(status)}: {LastLine()}");
    }

    /// <summary>Runs once for its peak of memory alone, in bytes.</summary>
    /// <exception cref="BenchmarkFailedException">It did not exit with 0.</exception>
    public long PeakMemory(Command command)
    {
        if (!File.Exists(TimeProgram))
        {
            return Run(command).PeakMemory;
        }

        Run(command with { Program = TimeProgram, Arguments = ["-o", _memory, "-f", "%M", command.Program, .. command.Arguments] });
        return long.Parse(File.ReadAllLines(_memory)[^1]) << 10;
    }

    /// <summary>Runs once without measuring; returns what it printed.</summary>
    /// <exception cref="BenchmarkFailedException">It did not exit with 0.</exception>
    public string Read(Command command)
    {
        Run(command);
        return File.ReadAllText(_log);
    }

    private unsafe int Start(Command command)
    {
        NativeProcess.FileActions actions;
        _ = NativeProcess.InitialiseActions(&actions);
        var arguments = Vector(command.Arguments.Prepend(command.Program));
        var environment = Vector(Environment(command));
        try
        {
            _ = NativeProcess.AddOpen(&actions, 0, "/dev/null", 0, 0);
            _ = NativeProcess.AddOpen(&actions, 1, _log, NativeProcess.WriteCreateTruncate, 0x1A4);
            _ = NativeProcess.AddDuplicate(&actions, 1, 2);
            if (command.WorkingDirectory is { } folder)
            {
                _ = NativeProcess.AddChangeDirectory(&actions, folder);
            }

            var failure = NativeProcess.Spawn(out var pid, command.Program, &actions, null, arguments, environment);
            return failure == 0 ? pid : throw new BenchmarkFailedException($"'{command.Program}' did not start: {Marshal.GetPInvokeErrorMessage(failure)}");
        }
        finally
        {
            Free(arguments);
            Free(environment);
            _ = NativeProcess.DestroyActions(&actions);
        }
    }

    private static int Wait(int pid, out NativeProcess.Usage usage)
    {
        const int Interrupted = 4;
        int status;
        while (NativeProcess.Wait(pid, out status, 0, out usage) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw new BenchmarkFailedException($"Process {pid} cannot be waited for: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }

        return status;
    }

    private static string Describe(int status) => (status & 0x7F) == 0 ? $"exit code {status >> 8}" : $"signal {status & 0x7F}";

    private string LastLine() => File.ReadLines(_log).LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "it printed nothing";

    private static IEnumerable<string> Environment(Command command)
    {
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (!command.Environment.ContainsKey((string)variable.Key))
            {
                yield return $"{variable.Key}={variable.Value}";
            }
        }

        foreach (var (name, value) in command.Environment)
        {
            yield return $"{name}={value}";
        }
    }

    private static unsafe byte** Vector(IEnumerable<string> texts)
    {
        var all = texts.ToArray();
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)all.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < all.Length; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(all[i] + '\0');
            vector[i] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(vector[i], bytes.Length));
        }

        return vector;
    }

    private static unsafe void Free(byte** vector)
    {
        for (var at = vector; *at is not null; at++)
        {
            NativeMemory.Free(*at);
        }

        NativeMemory.Free(vector);
    }
}
