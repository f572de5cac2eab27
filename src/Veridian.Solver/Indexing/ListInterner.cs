using System.Runtime.InteropServices;

namespace Veridian.Solver.Indexing;

/// <summary>Gives equal lists of numbers one id, in order of first appearance, and keeps them flat as the file wants them.</summary>
internal sealed class ListInterner
{
    private readonly List<int> starts = [0];
    private readonly List<int> items = [];
    private readonly List<int> hashes = [];
    private int[] buckets = new int[1024];

    public int Count => hashes.Count;

    public ReadOnlySpan<int> Starts => CollectionsMarshal.AsSpan(starts);

    public ReadOnlySpan<int> Items => CollectionsMarshal.AsSpan(items);

    /// <summary>The list of an id; valid until the next <see cref="Intern"/>.</summary>
    public ReadOnlySpan<int> this[int id] => Items[starts[id]..starts[id + 1]];

    public int Intern(ReadOnlySpan<int> list)
    {
        var hash = Hash(list);
        var slot = Probe(list, hash);
        if (buckets[slot] != 0)
        {
            return buckets[slot] - 1;
        }

        items.AddRange(list);
        starts.Add(items.Count);
        hashes.Add(hash);
        buckets[slot] = Count;
        if (Count * 2 > buckets.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    private int Probe(ReadOnlySpan<int> list, int hash)
    {
        var slot = hash & (buckets.Length - 1);
        while (buckets[slot] is var held and not 0 && !(hashes[held - 1] == hash && this[held - 1].SequenceEqual(list)))
        {
            slot = (slot + 1) & (buckets.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        buckets = new int[buckets.Length * 2];
        for (var id = 0; id < Count; id++)
        {
            var slot = hashes[id] & (buckets.Length - 1);
            while (buckets[slot] != 0)
            {
                slot = (slot + 1) & (buckets.Length - 1);
            }

            buckets[slot] = id + 1;
        }
    }

    private static int Hash(ReadOnlySpan<int> list)
    {
        var hash = (uint)list.Length;
        foreach (var item in list)
        {
            hash = (hash ^ (uint)item) * 0x9E3779B1u;
            hash ^= hash >> 15;
        }

        return (int)hash;
    }
}
