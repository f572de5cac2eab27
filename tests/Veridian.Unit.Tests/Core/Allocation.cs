namespace Veridian.Unit.Tests.Core;

/// <summary>Counts what an action allocates on this thread, without what the runtime allocates for itself now and then.</summary>
internal static class Allocation
{
    public static long Of(Action action)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
