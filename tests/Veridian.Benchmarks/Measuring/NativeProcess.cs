using System.Runtime.InteropServices;

namespace Veridian.Benchmarks.Measuring;

/// <summary>The calls behind <see cref="MeasuredProcess"/>: .NET's own process class does not tell what a child has cost.</summary>
internal static unsafe partial class NativeProcess
{
    public const int WriteCreateTruncate = 0x1 | 0x40 | 0x200;
    private const string Library = "libc.so.6";

    [LibraryImport(Library, EntryPoint = "posix_spawnp", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Spawn(out int pid, string program, FileActions* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitialiseActions(FileActions* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(FileActions* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddOpen(FileActions* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(FileActions* actions, int descriptor, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AddChangeDirectory(FileActions* actions, string path);

    [LibraryImport(Library, EntryPoint = "wait4", SetLastError = true)]
    public static partial int Wait(int pid, out int status, int options, out Usage usage);

    [LibraryImport(Library, EntryPoint = "sync")]
    public static partial void Sync();

    /// <summary>Opaque; glibc needs 80 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 256)]
    public struct FileActions;

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    public struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
        public long PeakKibibytes;
    }
}
