using System.Text;
using Veridian.Core.Units;

namespace Veridian.Build.Sandbox;

/// <summary>Reads a pipe to its end on a thread of its own, and keeps the beginning only, so that the writer never blocks.</summary>
internal sealed class BoundedReader
{
    private readonly MemoryStream _kept = new();
    private readonly Stream _stream;
    private readonly long _limit;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private bool _isCut;
    private int _searched;

    public BoundedReader(Stream stream, ByteCount limit)
    {
        (_stream, _limit) = (stream, limit.Bytes);
        _thread = new Thread(Read) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Waits for the end of the pipe.</summary>
    public CapturedText Finish()
    {
        _thread.Join();
        return new CapturedText(Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length), _isCut);
    }

    /// <summary>Whether one of some words came since the last question, which must have been about the same words.</summary>
    public bool HasNew(IReadOnlyList<byte[]> words)
    {
        lock (_lock)
        {
            // A word may have come in two pieces.
            var text = _kept.GetBuffer().AsSpan(0, (int)_kept.Length)[Math.Max(0, _searched - words.Max(word => word.Length))..];
            _searched = (int)_kept.Length;
            foreach (var word in words)
            {
                if (text.IndexOf(word) >= 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void Read()
    {
        var buffer = new byte[16384];
        try
        {
            for (int count; (count = _stream.Read(buffer)) > 0;)
            {
                lock (_lock)
                {
                    var keep = (int)Math.Min(count, _limit - _kept.Length);
                    _kept.Write(buffer, 0, keep);
                    _isCut |= keep < count;
                }
            }
        }
        catch (IOException)
        {
            // The pipe was closed under us when the process was killed: what was read counts.
        }
    }
}
