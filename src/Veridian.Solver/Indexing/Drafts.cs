namespace Veridian.Solver.Indexing;

/// <summary>All versions while the index is built, in order of arrival, and their lists one after the other.</summary>
internal sealed class Drafts
{
    private int[] lists = new int[16];
    private int used;
    private DraftVersion[] versions = new DraftVersion[16];

    public int Count { get; private set; }

    public ref readonly DraftVersion this[int draft] => ref versions[draft];

    /// <summary>Valid until the next list is begun.</summary>
    public ReadOnlySpan<int> List(ListPlace place) => new(lists, place.Start, place.Length);

    /// <summary>Puts a version in the place of one that is there, or behind the last one.</summary>
    public void Set(int draft, in DraftVersion version)
    {
        if (draft == Count)
        {
            Count++;
            if (Count > versions.Length)
            {
                Array.Resize(ref versions, versions.Length * 2);
            }
        }

        versions[draft] = version;
    }

    /// <summary>Keeps a list.</summary>
    public ListPlace Keep(ReadOnlySpan<int> list)
    {
        if (list.Length > lists.Length - used)
        {
            Array.Resize(ref lists, Math.Max(used + list.Length, lists.Length * 2));
        }

        list.CopyTo(lists.AsSpan(used));
        used += list.Length;
        return new ListPlace(used - list.Length, list.Length);
    }
}
