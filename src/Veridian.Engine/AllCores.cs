using System.Runtime.ExceptionServices;

namespace Veridian.Engine;

/// <summary>The same work on many things, on all processors.</summary>
/// <remarks>Parallel LINQ does the same and has two hundred methods compiled for it, which takes longer than most of our work.</remarks>
internal static class AllCores
{
    /// <summary>What the function makes of each item, in their order; throws what the first failing one threw.</summary>
    public static TResult[] Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> function)
        where T : class
        where TResult : class
    {
        var results = new TResult[items.Count];
        try
        {
            Parallel.For(0, results.Length, at => results[at] = function(items[at]));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return results;
    }
}
