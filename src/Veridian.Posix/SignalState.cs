namespace Veridian.Posix;

/// <summary>Signals as a freshly started program expects them. The .NET runtime leaves SIGPIPE ignored, and children inherit that.</summary>
public static unsafe class SignalState
{
    /// <summary>SIGPIPE back to its default and no signal blocked in the calling thread. Only for the moment before an exec.</summary>
    public static void Reset()
    {
        _ = LibC.Signal(LibC.SignalPipe, 0);
        var none = stackalloc byte[128];
        new Span<byte>(none, 128).Clear();
        _ = LibC.SignalMask(LibC.SetMask, none, null);
    }

    /// <summary>SIGPIPE ignored again, as the runtime needs it: a closed pipe is an error of the write, not our end.</summary>
    internal static void Restore() => _ = LibC.Signal(LibC.SignalPipe, LibC.IgnoreSignal);
}
