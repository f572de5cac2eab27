using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Veridian.Posix;

/// <summary>Standard output without the console library, whose start alone costs a third of an empty process.</summary>
public static unsafe class StandardOutput
{
    private const int Descriptor = 1;

    /// <summary>Writes a line as UTF-8. A reader that has gone, or a full disk behind it, is not reported: there is nobody left to read more.</summary>
    public static void WriteLine(string line)
    {
        using var output = new SafeFileHandle(Descriptor, ownsHandle: false);
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        fixed (byte* start = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var written = LibC.Write(output, start + done, bytes.Length - done);
                if (written < 0 && Marshal.GetLastPInvokeError() is not (Errno.Interrupted or Errno.TryAgain))
                {
                    return;
                }

                done += Math.Max(written, 0);
            }
        }
    }
}
