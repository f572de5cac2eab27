namespace Veridian.Debian.Control;

/// <summary>A hash table asked with bytes, so that a key is made into an object only once. Open addressing, never more than half full.</summary>
internal sealed class SpanTable<TValue>
    where TValue : class
{
    internal delegate bool IsKey(TValue value, ReadOnlySpan<byte> bytes);

    private Slot[] _slots = new Slot[1 << 12];
    private int _count;

    /// <summary>The place of the value for these bytes; empty when new, and then to be filled at once.</summary>
    internal ref TValue? Find(ReadOnlySpan<byte> bytes, IsKey isKey, out bool isNew)
    {
        if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        var hash = Hash(bytes);
        for (var at = hash & (_slots.Length - 1); ; at = (at + 1) & (_slots.Length - 1))
        {
            ref var slot = ref _slots[at];
            if (slot.Value is null)
            {
                slot.Hash = hash;
                _count++;
                isNew = true;
                return ref slot.Value;
            }

            if (slot.Hash == hash && isKey(slot.Value, bytes))
            {
                isNew = false;
                return ref slot.Value!;
            }
        }
    }

    private void Grow()
    {
        var before = _slots;
        _slots = new Slot[before.Length * 2];
        foreach (var slot in before)
        {
            if (slot.Value is not null)
            {
                var at = slot.Hash & (_slots.Length - 1);
                while (_slots[at].Value is not null)
                {
                    at = (at + 1) & (_slots.Length - 1);
                }

                _slots[at] = slot;
            }
        }
    }

    // Seeded by the runtime in every process, so that an index cannot be written to make look-ups slow.
    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private struct Slot
    {
        public int Hash;
        public TValue? Value;
    }
}
