using System.Collections.Frozen;
using System.Diagnostics;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Veridian.Faults.Interposing;

/// <summary>
/// Runs a program and stands between it and the kernel: every watched call of all its threads and children waits for our word,
/// in one order. So "the n-th call" means the same for a program of many threads as for one of a single thread.
/// </summary>
/// <remarks>
/// The kernel applies a seccomp filter to a thread and to what it starts. So a thread of its own puts on the filter, starts
/// the program and ends, and the rest of this process never meets it.
/// </remarks>
internal sealed unsafe class Interposer
{
    private const int StartBytes = 16 << 20;
    private static readonly Lock OneStart = new();
    private readonly FrozenDictionary<int, SystemCall> _calls;
    private readonly Fault _fault;
    private readonly string _folder;
    private readonly bool _reads;
    private int _listener; // 0 until there is one, negative where there cannot be
    private int _counted;
    private int _target;
    private string? _hit;

    private Interposer(Fault fault, string folder, bool reads)
    {
        (_fault, _folder, _reads) = (fault, folder, reads);
        Watched = reads ? [.. SystemCall.WriteClass, .. SystemCall.ReadClass] : SystemCall.WriteClass;
        _calls = Watched.ToFrozenDictionary(call => call.Number);
    }

    private IReadOnlyList<SystemCall> Watched { get; }

    /// <summary>Why programs cannot be watched here; null where they can.</summary>
    public static string? MissingReason { get; } = Look();

    /// <summary>Runs to the end under a fault.</summary>
    /// <param name="start">The program; output and errors are read.</param>
    /// <param name="fault">What befalls it.</param>
    /// <param name="folder">Only calls about files below this folder count.</param>
    /// <param name="reads">Whether calls that only read are watched too.</param>
    public static Ended Run(ProcessStartInfo start, Fault fault, string folder, bool reads = false) => new Interposer(fault, folder, reads).Run(start);

    private Ended Run(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        var clock = Stopwatch.StartNew();
        using var process = _fault is Fault.KillAfter ? Process.Start(start)! : StartWatched(start);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (_fault is Fault.KillAfter { Time: var time } && !process.WaitForExit(time))
        {
            _ = Native.Kill(process.Id, 9);
        }

        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            return new Ended(-1, output.Result, "it did not end within 3 minutes\n" + error.Result, _counted, _hit, clock.Elapsed);
        }

        return new Ended(process.ExitCode, output.Result, error.Result, Volatile.Read(ref _counted), _hit, clock.Elapsed);
    }

    private Process StartWatched(ProcessStartInfo start)
    {
        Process? process = null;
        Exception? failure = null;
        new Thread(Answer) { IsBackground = true }.Start(); // made here: what the filtered thread starts is filtered
        var starter = new Thread(() =>
        {
            try
            {
                // The runtime's handlers of signals write to a pipe, and until the descriptor is handed over nobody lets that pass.
                using (new BlockedSignals())
                {
                    CallFilter.Install(Watched, _reads, ref _listener);
                }

                process = Process.Start(start);
                Volatile.Write(ref _target, process!.Id);
            }
            catch (Exception failed)
            {
                failure = failed;
                Interlocked.CompareExchange(ref _listener, -1, 0);
            }
        });
        lock (OneStart)
        {
            // A collection that began in the watched thread would open a file, and would have stopped the thread that lets it.
            GC.TryStartNoGCRegion(StartBytes);
            starter.Start();
            starter.Join();
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                GC.EndNoGCRegion();
            }
        }

        return process ?? throw new NotSupportedException("The program did not start.", failure);
    }

    private void Answer()
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _listener) != 0);
        if (_listener < 0)
        {
            return;
        }

        try
        {
            var poll = new Native.PollEntry { Descriptor = _listener, Wanted = Native.Readable };
            while (true)
            {
                if (Native.Poll(&poll, 1, -1) < 0)
                {
                    continue; // a signal for this process
                }

                if ((poll.Happened & Native.Readable) != 0)
                {
                    AnswerOne();
                }
                else if ((poll.Happened & Native.HungUp) != 0)
                {
                    return; // all of them have ended
                }
            }
        }
        finally
        {
            _ = Native.Close(_listener);
        }
    }

    private void AnswerOne()
    {
        var notice = default(Native.Notice);
        if (Native.Ioctl(_listener, Native.Receive, &notice) != 0)
        {
            return; // who asked has died
        }

        var error = Decide(notice);
        if (error < 0)
        {
            return; // a call of the killed program must not be carried out any more
        }

        var answer = new Native.Answer { Id = notice.Id, Error = -error, Flags = error == 0 ? Native.Continue : 0 };
        _ = Native.Ioctl(_listener, Native.Send, &answer);
    }

    /// <summary>The error number to answer with; 0 to let the call pass; -1 to leave it without an answer.</summary>
    private int Decide(in Native.Notice notice)
    {
        if (!_calls.TryGetValue(notice.Call, out var call) || (_fault.Counted != Failures.None && (call.Errors & _fault.Counted) == 0))
        {
            return 0;
        }

        if (call.Number == SystemCall.OpenAt2 && !_reads && !TrappedCall.OpensToChange(notice))
        {
            return 0;
        }

        var path = TrappedCall.PathOf(notice, call);
        if (!path.StartsWith(_folder, StringComparison.Ordinal))
        {
            return 0;
        }

        var number = Interlocked.Increment(ref _counted);
        switch (_fault)
        {
            case Fault.KillBefore kill when number == kill.Number:
                _hit = $"{call.Name} {path[_folder.Length..]}";
                return Kill(notice.Thread);
            case Fault.FailAt fail when number == fail.Number || (fail.Forever && number > fail.Number):
                _hit ??= $"{call.Name} {path[_folder.Length..]}";
                return fail.Failure switch { Failures.InputOutput => 5, Failures.NoSpace => 28, Failures.TooManyFiles => 24, _ => 13 };
            default:
                return 0;
        }
    }

    private int Kill(int caller)
    {
        SpinWait.SpinUntil(() => Volatile.Read(ref _target) != 0);
        var own = Directory.Exists($"/proc/{_target}/task/{caller}"); // else it is a child of the program, which lives on
        _ = Native.Kill(_target, 9);
        return own ? -1 : 0;
    }

    private static string? Look()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return "system calls are watched by their numbers on x86-64";
        }

        try
        {
            // The first start of a program starts the runtime's thread for signals, too. Were that filtered, a signal that came while
            // it ran our code would wait for an answer by a thread that a collection had stopped, and the collection for it.
            using (var first = Process.Start("/bin/true"))
            {
                first.WaitForExit();
            }

            using var folder = new Veridian.Testing.TemporaryFolder();
            var ended = Run(new ProcessStartInfo("/bin/sh", ["-c", $"echo a > '{folder.PathOf("a")}'"]), new Fault.None(), folder.Path);
            return ended is { ExitCode: 0, Calls: > 1 } ? null : $"a watched shell ended with {ended.ExitCode} after {ended.Calls} calls: {ended.Error}";
        }
        catch (NotSupportedException failed)
        {
            return (failed.InnerException ?? failed).Message;
        }
    }
}
