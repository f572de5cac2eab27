using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Veridian.Faults.PowerCuts;

/// <summary>
/// A file that records every write and every flush: the one file of a small FUSE file system of our own. With a loop device over
/// it, it is a disk that remembers in which order it was told what, as the kernel's dm-log-writes would.
/// </summary>
internal sealed unsafe partial class RecordingDisk : IDisposable
{
    private const int HeaderBytes = 40;
    private const int MostWritten = 1 << 20;
    private const ulong Root = 1;
    private const ulong Disk = 2;
    private readonly SafeFileHandle _device;
    private readonly string _folder;

    /// <exception cref="NotSupportedException">FUSE cannot be mounted here.</exception>
    public RecordingDisk(DiskLog log)
    {
        Log = log;
        _folder = Directory.CreateTempSubdirectory("veridian-disk-").FullName;
        _device = File.OpenHandle("/dev/fuse", FileMode.Open, FileAccess.ReadWrite);
        if (Mount("recorder", _folder, "fuse", 6, $"fd={_device.DangerousGetHandle()},rootmode=40000,user_id=0,group_id=0") != 0)
        {
            throw new NotSupportedException($"FUSE cannot be mounted here: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        new Thread(Serve) { IsBackground = true }.Start();
    }

    public DiskLog Log { get; }

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(_folder, "disk");

    public void Dispose()
    {
        using (var away = Process.Start("umount", ["-l", _folder]))
        {
            away.WaitForExit();
        }

        _device.Dispose();
        Directory.Delete(_folder);
    }

    private void Serve()
    {
        var request = new byte[MostWritten + 4096 + HeaderBytes];
        var answer = new byte[MostWritten + 16];
        while (true)
        {
            nint length;
            fixed (byte* start = request)
            {
                length = Read((int)_device.DangerousGetHandle(), start, request.Length);
            }

            if (length < HeaderBytes)
            {
                if (length < 0 && Marshal.GetLastPInvokeError() is 4 or 11 or 2)
                {
                    continue; // a signal, or a request that was taken back
                }

                return; // unmounted
            }

            var (error, count) = Answer(request.AsSpan(0, (int)length), answer.AsSpan(16));
            if (count >= 0)
            {
                BinaryPrimitives.WriteInt32LittleEndian(answer, 16 + count);
                BinaryPrimitives.WriteInt32LittleEndian(answer.AsSpan(4), -error);
                request.AsSpan(8, 8).CopyTo(answer.AsSpan(8)); // whose answer it is
                fixed (byte* start = answer)
                {
                    _ = Write((int)_device.DangerousGetHandle(), start, 16 + count);
                }
            }
        }
    }

    /// <summary>The error number and the length of the answer; a length of -1 for none.</summary>
    private (int Error, int Count) Answer(ReadOnlySpan<byte> request, Span<byte> to)
    {
        const int NoEntry = 2;
        const int NotImplemented = 38;
        var node = BinaryPrimitives.ReadUInt64LittleEndian(request[16..]);
        var body = request[HeaderBytes..];
        switch (BinaryPrimitives.ReadInt32LittleEndian(request[4..]))
        {
            case 1: // lookup
                return body.SequenceEqual("disk\0"u8) ? (0, Entry(to)) : (NoEntry, 0);
            case 2 or 36 or 42: // forget, interrupt, forget many
                return (0, -1);
            case 3 or 4: // get and set attributes
                to[..16].Clear();
                Attributes(node, to[16..]);
                return (0, 104);
            case 14 or 27: // open
                to[..16].Clear();
                return (0, 16);
            case 15:
                var (from, most) = (BinaryPrimitives.ReadInt64LittleEndian(body[8..]), BinaryPrimitives.ReadInt32LittleEndian(body[16..]));
                var count = (int)Math.Clamp(Log.Size - from, 0, most);
                Log.Read(from, to[..count]);
                return (0, count);
            case 16:
                var (at, size) = (BinaryPrimitives.ReadInt64LittleEndian(body[8..]), BinaryPrimitives.ReadInt32LittleEndian(body[16..]));
                Log.Write(at, body.Slice(40, size));
                BinaryPrimitives.WriteInt64LittleEndian(to, size);
                return (0, 8);
            case 20: // fsync: the flush of the loop device
                Log.Flush();
                return (0, 0);
            case 17: // statfs
                to[..80].Clear();
                return (0, 80);
            case 18 or 25 or 29 or 38: // release, flush of a close, release of a folder, destroy
                return (0, 0);
            case 26:
                return (0, Greet(body, to));
            default:
                return (NotImplemented, 0);
        }
    }

    private static int Greet(ReadOnlySpan<byte> body, Span<byte> to)
    {
        const int BigWrites = 1 << 5;
        const int MaxPages = 1 << 22;
        to[..64].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(to, 7);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], 31);
        body.Slice(8, 4).CopyTo(to[8..]); // read-ahead as offered
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], BinaryPrimitives.ReadInt32LittleEndian(body[12..]) & (BigWrites | MaxPages));
        BinaryPrimitives.WriteInt32LittleEndian(to[20..], MostWritten);
        BinaryPrimitives.WriteInt32LittleEndian(to[24..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(to[28..], MostWritten / 4096);
        return 64;
    }

    private int Entry(Span<byte> to)
    {
        to[..40].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(to, Disk);
        Attributes(Disk, to[40..]);
        return 128;
    }

    private void Attributes(ulong node, Span<byte> to)
    {
        to[..88].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(to, node);
        BinaryPrimitives.WriteInt64LittleEndian(to[8..], node == Root ? 0 : Log.Size);
        BinaryPrimitives.WriteInt32LittleEndian(to[60..], node == Root ? 0x41ED : 0x8180); // a folder 0755, a file 0600
        BinaryPrimitives.WriteInt32LittleEndian(to[64..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(to[80..], 4096);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string options);

    [LibraryImport("libc.so.6", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, byte* to, nint count);

    [LibraryImport("libc.so.6", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int descriptor, byte* from, nint count);
}
