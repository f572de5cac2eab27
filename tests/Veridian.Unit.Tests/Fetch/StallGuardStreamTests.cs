using Veridian.Core.Errors;
using Veridian.Fetch.Http;

namespace Veridian.Unit.Tests.Fetch;

/// <summary>M-3, with a clock that only the scripted server moves.</summary>
public sealed class StallGuardStreamTests
{
    private static readonly HttpSettings Limits = new() { MinimumRate = 10, StallWindow = TimeSpan.FromSeconds(10) };

    [Theory]
    [InlineData(1, 0.05, true)]
    [InlineData(1, 0.2, false)]
    [InlineData(50, 4.9, true)]
    [InlineData(50, 5.1, false)]
    [InlineData(99, 9.9, false)]
    [InlineData(100, 9.9, true)]
    [InlineData(100, 10.1, false)]
    public async Task A_server_must_bring_rate_times_window_bytes_in_each_window(int bytes, double seconds, bool enough)
    {
        var server = new ScriptedServer(bytes, TimeSpan.FromSeconds(seconds));
        Assert.Equal(enough, await ReadAllAsync(server, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_readers_own_pauses_do_not_count() =>
        Assert.True(await ReadAllAsync(new ScriptedServer(50, TimeSpan.FromSeconds(1)), TimeSpan.FromHours(1)));

    [Fact]
    public async Task Cancelling_is_not_called_a_stall()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var server = new ScriptedServer(1, TimeSpan.FromSeconds(1));
        await using var guard = new StallGuardStream(server, new Uri("http://deb.example/x"), Limits, server.Clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await guard.ReadExactlyAsync(new byte[10], stop.Token));
    }

    private static async Task<bool> ReadAllAsync(ScriptedServer server, TimeSpan pause)
    {
        await using var guard = new StallGuardStream(server, new Uri("http://deb.example/x"), Limits, server.Clock);
        try
        {
            while (await guard.ReadAsync(new byte[4096], CancellationToken.None) > 0)
            {
                server.Clock.Advance(pause);
            }

            return true;
        }
        catch (UnavailableException stalled)
        {
            Assert.Contains("was slower than 10 B/s for 10 s", stalled.Message, StringComparison.Ordinal);
            return false;
        }
    }

    /// <summary>Sends 1,000 bytes, some at a time, each after a wait.</summary>
    private sealed class ScriptedServer(int bytes, TimeSpan wait) : MemoryStream(new byte[1000])
    {
        public ManualClock Clock { get; } = new();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Clock.Advance(wait);
            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer[..Math.Min(bytes, buffer.Length)], cancellationToken);
        }
    }

    private sealed class ManualClock : TimeProvider
    {
        private readonly List<Alarm> _alarms = [];
        private TimeSpan _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var alarm = new Alarm(this, () => callback(state));
            alarm.Change(dueTime, period);
            _alarms.Add(alarm);
            return alarm;
        }

        public void Advance(TimeSpan time)
        {
            _now += time;
            foreach (var alarm in _alarms.Where(alarm => alarm.Due <= _now).ToList())
            {
                alarm.Ring();
            }
        }

        private sealed class Alarm(ManualClock clock, Action ring) : ITimer
        {
            public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

            public void Ring()
            {
                Due = TimeSpan.MaxValue;
                ring();
            }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock._now + dueTime;
                return true;
            }

            public void Dispose() => Due = TimeSpan.MaxValue;

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
