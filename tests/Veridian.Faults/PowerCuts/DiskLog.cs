namespace Veridian.Faults.PowerCuts;

/// <summary>What a disk was told, in order: writes, and the flushes after which earlier writes must be safe. Thread-safe.</summary>
internal sealed class DiskLog(int size)
{
    private readonly Lock _gate = new();
    private readonly byte[] _now = new byte[size];
    private readonly List<Entry> _entries = [];
    private byte[] _begin = [];

    /// <summary>Writes and flushes since the beginning was marked.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    public int Size => _now.Length;

    /// <summary>How many flushes there were since the beginning was marked.</summary>
    public int Flushes
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count(entry => entry.IsFlush);
            }
        }
    }

    public void Read(long offset, Span<byte> to)
    {
        lock (_gate)
        {
            _now.AsSpan((int)offset, to.Length).CopyTo(to);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            bytes.CopyTo(_now.AsSpan((int)offset));
            if (_begin.Length > 0)
            {
                _entries.Add(new Entry(offset, bytes.ToArray()));
            }
        }
    }

    public void Flush()
    {
        lock (_gate)
        {
            if (_begin.Length > 0)
            {
                _entries.Add(new Entry(0, null));
            }
        }
    }

    /// <summary>From now on everything is kept.</summary>
    public void MarkBeginning()
    {
        lock (_gate)
        {
            _entries.Clear();
            _begin = _now.AsSpan().ToArray();
        }
    }

    /// <summary>The disk as it is found when the power fails after so many entries.</summary>
    /// <param name="count">How many entries came before.</param>
    /// <param name="lost">Decides for each write since the last flush whether the disk had only promised it; null to keep all.</param>
    public byte[] CutAfter(int count, Random? lost)
    {
        lock (_gate)
        {
            var disk = _begin.AsSpan().ToArray();
            var flushed = _entries.FindLastIndex(Math.Max(count - 1, 0), Math.Max(count, 0), entry => entry.IsFlush);
            for (var i = 0; i < count; i++)
            {
                if (_entries[i] is { Bytes: { } bytes, Offset: var offset } && (i < flushed || lost is null || lost.Next(2) == 0))
                {
                    bytes.CopyTo(disk.AsSpan((int)offset));
                }
            }

            return disk;
        }
    }

    private readonly record struct Entry(long Offset, byte[]? Bytes)
    {
        public bool IsFlush => Bytes is null;
    }
}
