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
    private readonly HashSet<string> _failures = [];

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

    /// <summary>Another source follows, or the same one once more: what failed in the same way before is not told again.</summary>
    public void Failed(string name, Uri url, string reason)
    {
        var text = $"{name} from {url}: {reason.TrimEnd('.')}; trying again.";
        lock (_gate)
        {
            if (!_failures.Add(text))
            {
                return;
            }
        }

        observer.On(new EngineEvent.Warning(text));
    }

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
