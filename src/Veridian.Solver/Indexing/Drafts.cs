using System.Runtime.InteropServices;

namespace Veridian.Solver.Indexing;

/// <summary>All versions while the index is built, in order of arrival, and their lists one after the other.</summary>
internal sealed class Drafts
{
    private readonly List<int> lists = [];
    private DraftVersion[] versions = new DraftVersion[16];

    public int Count { get; private set; }

    public ref readonly DraftVersion this[int draft] => ref versions[draft];

    /// <summary>Valid until the next list is begun.</summary>
    public ReadOnlySpan<int> List(ListPlace place) => CollectionsMarshal.AsSpan(lists).Slice(place.Start, place.Length);

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
        lists.AddRange(list);
        return new ListPlace(lists.Count - list.Length, list.Length);
    }
}
