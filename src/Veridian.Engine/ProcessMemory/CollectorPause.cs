using System.Runtime;
using Veridian.Posix;

namespace Veridian.Engine.ProcessMemory;

/// <summary>
/// Keeps the garbage collector from looking through locks and trees of hundreds of packages while they grow: nearly all of it is
/// in use until the end. It ends by itself when as much has been allocated. For the whole process: a program decides it, not a use case.
/// </summary>
public static class CollectorPause
{
    private const long Room = 100 << 20;
    private const int Share = 8; // at most an eighth of what the process may have

    /// <summary>Begins, where there is plenty of memory, nobody has set a limit, and there is no pause yet.</summary>
    public static void Begin()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion || AddressSpace.IsLimited || GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < Room * Share)
        {
            return;
        }

        try
        {
            if (GC.TryStartNoGCRegion(Room))
            {
                LargePages.AskForLargeMappings(); // the room is there now, and untouched
            }
        }
        catch (Exception refused) when (refused is ArgumentOutOfRangeException or InvalidOperationException)
        {
            // The collector goes on as ever.
        }
    }
}
