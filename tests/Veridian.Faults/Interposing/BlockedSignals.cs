using System.Runtime.InteropServices;

namespace Veridian.Faults.Interposing;

/// <summary>While it lives, signals for this process are handled by its other threads.</summary>
internal sealed unsafe partial class BlockedSignals : IDisposable
{
    private const int Block = 0;
    private const int Set = 2;
    private const int Bytes = 128;
    private readonly byte[] _before = new byte[Bytes];

    public BlockedSignals()
    {
        var all = stackalloc byte[Bytes];
        new Span<byte>(all, Bytes).Fill(0xFF);
        fixed (byte* before = _before)
        {
            _ = Mask(Block, all, before);
        }
    }

    public void Dispose()
    {
        fixed (byte* before = _before)
        {
            _ = Mask(Set, before, null);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "pthread_sigmask")]
    private static partial int Mask(int how, byte* signals, byte* before);
}
