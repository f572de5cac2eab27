using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Veridian.Store;

/// <summary>The same work on many things, on all processors. Throws what the first failing one threw.</summary>
public static class AllCores
{
    /// <summary>Runs both at once.</summary>
    public static void Both(Action one, Action other) => Throwing(() => Parallel.Invoke(one, other));

    /// <summary>What the function makes of each item, in their order.</summary>
    public static TResult[] Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> function)
        where TResult : class?
    {
        var results = new TResult[items.Count];
        Throwing(() => Parallel.For(0, results.Length, at => results[at] = function(items[at])));
        return results;
    }

    /// <summary>Runs the action for every item, the first ones first.</summary>
    public static void ForEach<T>(IEnumerable<T> items, Action<T> action, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        Throwing(() => Parallel.ForEach(Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering), options, action));
    }

    private static void Throwing(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
