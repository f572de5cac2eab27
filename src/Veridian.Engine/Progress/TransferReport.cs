using Veridian.Core.Units;
using Veridian.Fetch;

namespace Veridian.Engine.Progress;

/// <summary>Adds up transfers and passes the sums on, at most ten times a second.</summary>
internal sealed class TransferReport(IEngineObserver observer, TimeProvider time) : ITransferObserver
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private long _last;
    private long _done;
    private long _total;
    private int _filesDone;
    private int _files;

    /// <summary>States the whole amount before the first byte, so that the first line already knows the end.</summary>
    public void Expect(int files, ByteCount total) => (_files, _total) = (files, total.Bytes);

    public void Started(string name, ByteCount? size, ByteCount already)
    {
        lock (_gate)
        {
            _done += already.Bytes;
            if (_filesDone >= _files)
            {
                _files++;
                _total += size?.Bytes ?? 0;
            }
        }
    }

    public void Received(string name, long bytes)
    {
        lock (_gate)
        {
            _done += bytes;
            Report(force: false);
        }
    }

    public void Failed(string name, Uri url, string reason) =>
        observer.On(new EngineEvent.Warning($"{name}: {url} failed ({reason}); trying the next source."));

    public void Finished(string name, bool fromCache)
    {
        lock (_gate)
        {
            _filesDone++;
            Report(force: _filesDone == _files);
        }
    }

    private void Report(bool force)
    {
        var now = time.GetTimestamp();
        if (force || time.GetElapsedTime(_last, now) >= Interval)
        {
            _last = now;
            observer.On(new EngineEvent.Download(new ByteCount(_done), new ByteCount(Math.Max(_total, _done)), _filesDone, _files, time.GetElapsedTime(_start, now)));
        }
    }
}
