namespace Veridian.Solver.Indexing;

/// <summary>Lists as one column of starts, one longer than there are lists, and one of items.</summary>
internal sealed class IndexLists(int lists)
{
    private int[] items = new int[lists];
    private int ended;

    public int[] Starts { get; } = new int[lists + 1];

    /// <summary>The first <see cref="Count"/> are items.</summary>
    public int[] Items => items;

    public int Count { get; private set; }

    /// <summary>A null list is empty.</summary>
    public static IndexLists Of(List<int>?[] all)
    {
        var lists = new IndexLists(all.Length);
        foreach (var list in all)
        {
            foreach (var item in list ?? [])
            {
                lists.Append(item);
            }

            lists.End();
        }

        return lists;
    }

    /// <summary>A whole list.</summary>
    public void Add(ReadOnlySpan<int> list)
    {
        foreach (var item in list)
        {
            Append(item);
        }

        End();
    }

    /// <summary>One more item of the list that has not ended.</summary>
    public void Append(int item)
    {
        if (Count == items.Length)
        {
            Array.Resize(ref items, Math.Max(16, Count * 2));
        }

        items[Count++] = item;
    }

    /// <summary>The list has ended.</summary>
    public void End() => Starts[++ended] = Count;
}
