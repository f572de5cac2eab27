using System.Runtime.CompilerServices;

namespace Veridian.Solver.Indexing;

/// <summary>One column of numbers inside an index's memory. Every access is checked against its bounds.</summary>
internal readonly unsafe struct IntColumn(int* items, int length)
{
    public int Length => length;

    public ReadOnlySpan<int> All => new(items, length);

    public int this[int at]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)at < (uint)length ? items[at] : throw new ArgumentOutOfRangeException(nameof(at));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> Slice(int start, int end) =>
        (uint)start <= (uint)end && (uint)end <= (uint)length ? new(items + start, end - start) : throw new ArgumentOutOfRangeException(nameof(end));

    /// <summary>The items of a list, when this column holds the starts of lists.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<int> ListOf(int at, in IntColumn of) => of.Slice(this[at], this[at + 1]);
}
