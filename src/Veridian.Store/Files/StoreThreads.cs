using System.Runtime.ExceptionServices;

namespace Veridian.Store.Files;

/// <summary>The same work on many things, on all processors.</summary>
internal static class StoreThreads
{
    /// <summary>Runs both at once; throws what the first failing one threw.</summary>
    public static void Both(Action one, Action other)
    {
        try
        {
            Parallel.Invoke(one, other);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }

    /// <summary>Runs the action for every item, the first ones first; throws what the first failing one threw.</summary>
    public static void ForEach<T>(IReadOnlyCollection<T> items, Action<T> action, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
            var oneByOne = System.Collections.Concurrent.Partitioner.Create(items, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(oneByOne, options, action);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
