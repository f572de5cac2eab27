using System.Runtime.CompilerServices;
using Veridian.Posix;
using Veridian.Store.Files;
using Veridian.Store.Operations;

namespace Veridian.Store.Generations;

/// <summary>
/// Has the code of a switch compiled on another core while the command still looks for its profile and takes its locks.
/// A rollback runs some two hundred methods once each, and their compilation is most of the time it takes.
/// </summary>
public static class SwitchCompilation
{
    /// <summary>Begins; returns at once.</summary>
    public static void Begin() => EarlyCompilation.Begin(Compile);

    // The order is that of use, from a place on that the command does not reach before this thread does.
    internal static void Compile()
    {
        EarlyCompilation.SmallFileReads();
        RuntimeHelpers.PrepareDelegate(SmallFiles.TryRead);
        RuntimeHelpers.PrepareDelegate(PendingSwitch.TryRead);
        RuntimeHelpers.PrepareDelegate(ProjectFile.Read);
        RuntimeHelpers.PrepareDelegate(ProjectFile.Holds);
        RuntimeHelpers.PrepareDelegate(ProjectFile.Status);
        RuntimeHelpers.PrepareDelegate(PendingFile.For);
        RuntimeHelpers.PrepareDelegate(ProjectFile.Stage);
        EarlyCompilation.SmallFileChanges();
        var files = new PosixStoreFiles();
        RuntimeHelpers.PrepareDelegate(files.Create);
        RuntimeHelpers.PrepareDelegate(files.Write);
        RuntimeHelpers.PrepareDelegate(files.Sync);
        RuntimeHelpers.PrepareDelegate(files.Rename);
        RuntimeHelpers.PrepareDelegate(files.SyncDirectory);
        RuntimeHelpers.PrepareDelegate(files.SwapSymbolicLink);
        RuntimeHelpers.PrepareDelegate(SmallFiles.Replace);
        RuntimeHelpers.PrepareDelegate(SmallFiles.WriteSynced);
        _ = new PendingSwitch(1, "", PendingFile.Left, PendingFile.Left).ToBytes();
        RuntimeHelpers.PrepareDelegate(ProjectFile.Commit);
        RuntimeHelpers.PrepareDelegate(ProjectFile.SyncFolders);
        _ = OperationLog.Line(new Operation(DateTimeOffset.UnixEpoch, 0, 1, "", "", ""));
        RuntimeHelpers.PrepareDelegate(OperationLog.Add);
        RuntimeHelpers.PrepareDelegate(StandardOutput.WriteLine);
    }
}
