using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Veridian.Testing;

/// <summary>A question as it came in.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Headers">Names without regard to case.</param>
public sealed record LoopbackRequest(string Path, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The first byte asked for; 0 without a Range header.</summary>
    public long RangeStart => Headers.TryGetValue("Range", out var range)
        ? long.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture)
        : 0;
}

/// <summary>An answer with knobs for everything that a bad server does.</summary>
public sealed record LoopbackAnswer(byte[] Body)
{
    public int Status { get; init; } = 200;

    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>What Content-Length says; -1 leaves it out and ends the body by closing. Default: the truth.</summary>
    public long? StatedLength { get; init; }

    /// <summary>Close the connection after so many bytes of the body.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Send so many bytes of the body, then nothing more, with the connection open.</summary>
    public int? StallAfter { get; init; }

    /// <summary>Never begin to answer.</summary>
    public bool Silent { get; init; }

    /// <summary>Send the body byte by byte with this pause between.</summary>
    public TimeSpan? Drip { get; init; }

    /// <summary>Send the body again and again.</summary>
    public bool Endless { get; init; }

    public static LoopbackAnswer Of(string text) => new(Encoding.UTF8.GetBytes(text));

    public static LoopbackAnswer Code(int status) => new([]) { Status = status };

    public static LoopbackAnswer Redirect(string location) => new([]) { Status = 302, Headers = { ["Location"] = location } };
}

/// <summary>A tiny HTTP/1.1 server on 127.0.0.1 whose answers a test writes.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<LoopbackRequest, LoopbackAnswer> _answer;
    private readonly Task _accepting;

    public LoopbackServer(Func<LoopbackRequest, LoopbackAnswer> answer)
    {
        _answer = answer;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>Ends in a slash.</summary>
    public Uri Url { get; }

    /// <summary>All questions so far, in order.</summary>
    public IReadOnlyList<LoopbackRequest> Requests => [.. _requests];

    /// <summary>How many connections were accepted.</summary>
    public int Connections => _connections.Count;

    /// <summary>Serves files by path, with ranges and entity tags, as a good mirror does.</summary>
    public static LoopbackServer Serving(IReadOnlyDictionary<string, byte[]> files) => new(request => Serve(files, request));

    /// <summary>The answer of a good mirror; tests change it with <c>with</c>.</summary>
    public static LoopbackAnswer Serve(IReadOnlyDictionary<string, byte[]> files, LoopbackRequest request)
    {
        if (!files.TryGetValue(request.Path, out var content))
        {
            return LoopbackAnswer.Code(404);
        }

        var tag = $"\"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content))[..16]}\"";
        if (request.Headers.TryGetValue("If-None-Match", out var known) && known == tag)
        {
            return LoopbackAnswer.Code(304);
        }

        var start = request.RangeStart;
        if (start == 0 || request.Headers.TryGetValue("If-Range", out var condition) && condition != tag)
        {
            return new LoopbackAnswer(content) { Headers = { ["ETag"] = tag } };
        }

        return start >= content.Length
            ? LoopbackAnswer.Code(416)
            : new LoopbackAnswer(content[(int)start..])
            {
                Status = 206,
                Headers = { ["ETag"] = tag, ["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}" },
            };
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                _connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
                while (await ReadRequestAsync(reader) is { } request)
                {
                    _requests.Enqueue(request);
                    if (!await WriteAsync(client.GetStream(), _answer(request)))
                    {
                        return;
                    }
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
            {
            }
        }
    }

    private async Task<LoopbackRequest?> ReadRequestAsync(StreamReader reader)
    {
        if (await reader.ReadLineAsync(_stop.Token) is not { } first)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new LoopbackRequest(first.Split(' ')[1], headers);
    }

    /// <summary>Writes an answer; false if the connection is to be closed.</summary>
    private async Task<bool> WriteAsync(NetworkStream stream, LoopbackAnswer answer)
    {
        if (answer.Silent)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }

        var head = new StringBuilder($"HTTP/1.1 {answer.Status} Answer\r\n");
        var length = answer.StatedLength ?? (answer.Endless ? -1 : answer.Body.Length);
        _ = length >= 0 ? head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n") : head.Append("Connection: close\r\n");
        foreach (var (name, value) in answer.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        await stream.WriteAsync(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), _stop.Token);
        await WriteBodyAsync(stream, answer);
        return length == answer.Body.Length && answer.CutAfter is null;
    }

    private async Task WriteBodyAsync(NetworkStream stream, LoopbackAnswer answer)
    {
        if (answer.Drip is { } pause)
        {
            foreach (var b in answer.Body)
            {
                await stream.WriteAsync(new[] { b }, _stop.Token);
                await Task.Delay(pause, _stop.Token);
            }

            return;
        }

        do
        {
            await stream.WriteAsync(answer.Body.AsMemory(0, answer.CutAfter ?? answer.StallAfter ?? answer.Body.Length), _stop.Token);
        }
        while (answer.Endless);
        if (answer.StallAfter is not null)
        {
            await Task.Delay(Timeout.Infinite, _stop.Token);
        }
    }
}
