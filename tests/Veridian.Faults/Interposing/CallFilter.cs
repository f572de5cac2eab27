using System.Runtime.InteropServices;

namespace Veridian.Faults.Interposing;

/// <summary>The kernel's own program that hands watched calls to us and lets all others pass at full speed.</summary>
internal static unsafe class CallFilter
{
    /// <summary>O_WRONLY, O_RDWR, O_CREAT.</summary>
    public const uint OpensToChange = 0x43;

    private const ushort Load = 0x20;
    private const ushort IfEqual = 0x15;
    private const ushort IfAnySet = 0x45;
    private const ushort Return = 0x06;
    private const uint Allow = 0x7fff0000;
    private const uint Notify = 0x7fc00000;
    private const uint ThirdArgument = 32;

    /// <summary>Puts the calling thread, and every program that it starts from now on, under the filter.</summary>
    /// <param name="calls">What to watch.</param>
    /// <param name="opensToRead">Whether files that are opened to be read count as well.</param>
    /// <param name="listener">
    /// Set to the descriptor at which the calls arrive. Somebody must wait for it already: until it is read, the runtime itself
    /// may stop in a watched call of this thread, as when it starts a thread to compile better code.
    /// </param>
    /// <exception cref="NotSupportedException">This kernel or this sandbox does not offer it.</exception>
    public static void Install(IReadOnlyList<SystemCall> calls, bool opensToRead, ref int listener)
    {
        var instructions = Make(calls, opensToRead);
        _ = Native.Prctl(Native.NoNewPrivileges, 1, 0, 0, 0);
        fixed (Native.Instruction* start = instructions)
        {
            var program = new Native.Program { Length = (ushort)instructions.Length, Instructions = start };
            listener = (int)Native.Call(Native.SeccompCall, Native.SetModeFilter, Native.NewListener | Native.WaitKillable, &program);
            if (listener < 0)
            {
                throw new NotSupportedException($"system calls cannot be watched here: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError())}");
            }
        }
    }

    private static Native.Instruction[] Make(IReadOnlyList<SystemCall> calls, bool opensToRead)
    {
        var plain = calls.Where(call => opensToRead || call.Number != SystemCall.OpenAt).ToList();
        var made = new List<Native.Instruction> { new(Load, 0, 0, 0) };
        for (var i = 0; i < plain.Count; i++)
        {
            made.Add(new(IfEqual, (byte)(plain.Count - i + 3), 0, (uint)plain[i].Number)); // to Notify
        }

        made.Add(new(IfEqual, 0, 2, SystemCall.OpenAt)); // else to Allow
        made.Add(new(Load, 0, 0, ThirdArgument));
        made.Add(new(IfAnySet, 1, 0, OpensToChange));    // to Notify
        made.Add(new(Return, 0, 0, Allow));
        made.Add(new(Return, 0, 0, Notify));
        return [.. made];
    }
}
