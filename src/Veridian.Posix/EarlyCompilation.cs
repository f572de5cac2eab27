using System.Runtime.CompilerServices;

namespace Veridian.Posix;

/// <summary>
/// Has the runtime compile operations on another core before their first call, which otherwise compiles them while the command
/// waits. Nothing is called, and nothing depends on it: a method that was not named here is compiled when it is called.
/// </summary>
public static unsafe class EarlyCompilation
{
    /// <summary>Begins, where there is another core to do it on; returns at once.</summary>
    /// <param name="work">Calls <see cref="RuntimeHelpers.PrepareDelegate"/> and pure functions; throws nothing.</param>
    public static void Begin(ThreadStart work)
    {
        if (Environment.ProcessorCount > 1)
        {
            new Thread(work) { IsBackground = true }.UnsafeStart();
        }
    }

    /// <summary>Compiles what takes locks, opens folders and reads small files.</summary>
    public static void SmallFileReads()
    {
        RuntimeHelpers.PrepareDelegate(FileLock.Wait);
        RuntimeHelpers.PrepareDelegate(FileLock.Try);
        RuntimeHelpers.PrepareDelegate(LibC.OpenAt);
        RuntimeHelpers.PrepareDelegate(LibC.FLock);
        RuntimeHelpers.PrepareDelegate(DirectoryHandle.TryOpen);
        RuntimeHelpers.PrepareDelegate(Entries.TryOpenFile);
        RuntimeHelpers.PrepareDelegate(OpenBeneath.Open);
        RuntimeHelpers.PrepareDelegate(Entries.Read);
        RuntimeHelpers.PrepareDelegate(LibC.Read);
        RuntimeHelpers.PrepareDelegate(Entries.ReadLink);
        RuntimeHelpers.PrepareDelegate(LibC.ReadLinkAt);
        RuntimeHelpers.PrepareDelegate(Entries.Status);
        RuntimeHelpers.PrepareDelegate(LibC.StatX);
        RuntimeHelpers.PrepareDelegate(Durable.SetTime);
        RuntimeHelpers.PrepareDelegate(LibC.UTimensAt);
    }

    /// <summary>Compiles what replaces small files: create, write, seal, sync, rename.</summary>
    public static void SmallFileChanges()
    {
        RuntimeHelpers.PrepareDelegate(Durable.Remove);
        RuntimeHelpers.PrepareDelegate(LibC.UnlinkAt);
        RuntimeHelpers.PrepareDelegate(Durable.Create);
        RuntimeHelpers.PrepareDelegate(Durable.Write);
        RuntimeHelpers.PrepareDelegate(LibC.Write);
        RuntimeHelpers.PrepareDelegate(Durable.SetMode);
        RuntimeHelpers.PrepareDelegate(LibC.FChmodAt);
        RuntimeHelpers.PrepareDelegate(Durable.Sync);
        RuntimeHelpers.PrepareDelegate(LibC.FSync);
        RuntimeHelpers.PrepareDelegate(Durable.Seal);
        RuntimeHelpers.PrepareDelegate(LibC.FChmod);
        RuntimeHelpers.PrepareDelegate(LibC.FUTimens);
        RuntimeHelpers.PrepareDelegate(Durable.Rename);
        RuntimeHelpers.PrepareDelegate(LibC.RenameAt2);
        RuntimeHelpers.PrepareDelegate(Durable.SyncDirectory);
        RuntimeHelpers.PrepareDelegate(Durable.SwapSymbolicLink);
        RuntimeHelpers.PrepareDelegate(Durable.SymbolicLink);
        RuntimeHelpers.PrepareDelegate(LibC.SymlinkAt);
        RuntimeHelpers.PrepareDelegate(Durable.Append);
    }
}
