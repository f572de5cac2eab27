using Veridian.Core.Errors;
using Veridian.Core.Units;

namespace Veridian.Fetch.Http;

/// <summary>
/// Reads a body and gives up on a server that is too slow (M-3). The time limit of the runtime's own client does not bound a body that drips:
/// here every <c>rate × window</c> bytes must arrive within one window of waiting. Time that our own side takes between reads does not count.
/// </summary>
internal sealed class StallGuardStream : Stream
{
    private readonly Stream _inner;
    private readonly Uri _url;
    private readonly HttpSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stall;
    private readonly long _quota;
    private TimeSpan _waited;
    private long _received;

    public StallGuardStream(Stream inner, Uri url, HttpSettings settings, TimeProvider time)
    {
        (_inner, _url, _settings, _time) = (inner, url, settings, time);
        _stall = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _quota = Math.Max(1, (long)(settings.MinimumRate * settings.StallWindow.TotalSeconds));
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stall.Token);
        var start = _time.GetTimestamp();
        try
        {
            _stall.CancelAfter(_settings.StallWindow > _waited ? _settings.StallWindow - _waited : TimeSpan.Zero);
            var count = await _inner.ReadAsync(buffer, either.Token);
            _stall.CancelAfter(Timeout.InfiniteTimeSpan);
            Count(count, _time.GetElapsedTime(start));
            return count;
        }
        catch (OperationCanceledException) when (_stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Stalled();
        }
        catch (IOException) when (_stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Stalled();
        }
        catch (IOException cause)
        {
            throw TransferFailure.Of(_url, "closed the connection too early", cause);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _stall.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Count(int bytes, TimeSpan waited)
    {
        (_received, _waited) = (_received + bytes, _waited + waited);
        if (_received >= _quota)
        {
            (_received, _waited) = (0, TimeSpan.Zero);
        }
    }

    private UnavailableException Stalled() => TransferFailure.Of(
        _url, $"was slower than {new ByteCount(_settings.MinimumRate)}/s for {_settings.StallWindow.TotalSeconds:0.#} s");
}
