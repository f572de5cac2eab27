using Veridian.Core.Errors;
using Veridian.Fetch.Downloads;
using Veridian.Fetch.Http;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Fetch;

/// <summary>M-4 and M-5: whatever a server does, the file is right, or there is a clear error in bounded time and nothing under the final name.</summary>
public sealed class DownloadFaultTests
{
    private static readonly byte[] Content = FetchBench.Content(50_000);

    public static TheoryData<string, string, string> Faults => new()
    {
        // fault, code when no other mirror is there, words of the reason
        { "truncated", "VS4001", "closed the connection too early" },
        { "short file", "VS3008", "would send 49999 bytes where 50000 bytes are signed" },
        { "short without length", "VS4001", "ended after 49999 of 50000 bytes" },
        { "length too long", "VS3008", "would send 60000 bytes" },
        { "length too short", "VS3008", "would send 10 bytes" },
        { "endless", "VS3008", "sends more" },
        { "other bytes", "VS3007", "where" },
        { "gzip", "VS3008", "would send" },
        { "captive page", "VS3008", "perhaps the login page of this network" },
        { "stall", "VS4001", "was slower than 1.0 kB/s for 0.5 s" },
        { "drip", "VS4001", "was slower than 1.0 kB/s for 0.5 s" },
        { "silent", "VS4001", "did not answer in time" },
        { "redirect loop", "VS4001", "redirects more than 10 times" },
        { "redirect to file", "VS4001", "which is not allowed" },
        { "404", "VS4003", "has no such file" },
        { "403", "VS4001", "does not let us in (403)" },
        { "500", "VS4001", "answered 500" },
        { "503", "VS4001", "answered 503" },
        { "206 unasked", "VS4001", "answered 206" },
        { "dead", "VS4001", "cannot be reached: Connection refused" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_bad_server_gives_a_clear_error_and_no_file(string fault, string code, string words)
    {
        using var bench = new FetchBench(Limits(fault), new DownloadSettings { Rounds = 1 });
        await using var server = Bad(fault);
        var item = bench.Item(Content, Url(server, fault));
        var refused = await Assert.ThrowsAnyAsync<VeridianException>(() => bench.FetchAsync(item));
        Assert.Equal(code, refused.Code.Id);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains(server.Url.Authority[..9], refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(item.Path));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_good_mirror_after_a_bad_one_delivers(string fault, string code, string words)
    {
        using var bench = new FetchBench(Limits(fault));
        await using var bad = Bad(fault);
        await using var good = Good();
        var item = bench.Item(Content, Url(bad, fault), new Uri(good.Url, "jq.deb"));
        await bench.FetchAsync(item);
        Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
        Assert.Equal(Content.Length, bench.Received);
        Assert.Contains(bench.Events, text => text.StartsWith("failed", StringComparison.Ordinal) && text.Contains(words, StringComparison.Ordinal));
        Assert.False(File.Exists(bench.Partial(item)));
        Assert.NotEmpty(code);
    }

    [Fact]
    public async Task A_download_cut_at_any_place_is_resumed_to_the_right_bytes()
    {
        var small = FetchBench.Content(97);
        for (var cut = 0; cut < small.Length; cut++)
        {
            using var bench = new FetchBench();
            var first = true;
            await using var server = new LoopbackServer(request =>
            {
                var answer = LoopbackServer.Serve(Files(small), request);
                (var now, first) = (first, false);
                return now ? answer with { CutAfter = cut } : answer;
            });
            var item = bench.Item(small, new Uri(server.Url, "jq.deb"));
            await bench.FetchAsync(item);
            Assert.Equal(small, await File.ReadAllBytesAsync(item.Path));
            Assert.Equal(cut, server.Requests[^1].RangeStart);
        }
    }

    [Fact]
    public async Task A_passing_failure_of_the_only_mirror_is_tried_again()
    {
        using var bench = new FetchBench();
        var count = 0;
        await using var server = new LoopbackServer(request => ++count < 3 ? LoopbackAnswer.Code(503) : LoopbackServer.Serve(Files(Content), request));
        await bench.FetchAsync(bench.Item(Content, new Uri(server.Url, "jq.deb")));
        Assert.Equal(3, count);
    }

    [Fact]
    public async Task A_mirror_without_the_file_or_with_wrong_bytes_is_asked_once()
    {
        using var bench = new FetchBench();
        await using var gone = new LoopbackServer(_ => LoopbackAnswer.Code(404));
        await using var wrong = Bad("other bytes");
        await using var busy = Bad("503");
        var item = bench.Item(Content, new Uri(gone.Url, "jq.deb"), new Uri(wrong.Url, "jq.deb"), new Uri(busy.Url, "jq.deb"));
        var refused = await Assert.ThrowsAsync<UntrustedException>(() => bench.FetchAsync(item));
        Assert.Equal((1, 1, 3), (gone.Requests.Count, wrong.Requests.Count, busy.Requests.Count));
        Assert.All((Uri[])[gone.Url, wrong.Url, busy.Url], url => Assert.Contains(url.Authority, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_deadline_bounds_a_server_that_is_just_fast_enough()
    {
        var settings = new DownloadSettings { Rounds = 1, Deadline = TimeSpan.FromMilliseconds(100) };
        using var bench = new FetchBench(FetchBench.Patient, settings);
        await using var server = new LoopbackServer(_ => new LoopbackAnswer(Content) { Drip = TimeSpan.FromMilliseconds(10) });
        var refused = await Assert.ThrowsAsync<UnavailableException>(() => bench.FetchAsync(bench.Item(Content, new Uri(server.Url, "jq.deb"))));
        Assert.Contains("was not done after 0.1 s", refused.Message, StringComparison.Ordinal);
    }

    private static HttpSettings Limits(string fault) => fault is "stall" or "drip" or "silent" ? FetchBench.Quick : FetchBench.Patient;

    private static Uri Url(LoopbackServer server, string fault) => fault == "dead" ? new Uri("http://127.0.0.1:9/jq.deb") : new Uri(server.Url, "jq.deb");

    private static Dictionary<string, byte[]> Files(byte[] content) => new() { ["/jq.deb"] = content };

    private static LoopbackServer Good() => LoopbackServer.Serving(Files(Content));

    private static LoopbackServer Bad(string fault)
    {
        var answer = fault switch
        {
            "truncated" => new LoopbackAnswer(Content) { CutAfter = 20_000 },
            "short file" => new LoopbackAnswer(Content[..^1]),
            "short without length" => new LoopbackAnswer(Content[..^1]) { StatedLength = -1 },
            "length too long" => new LoopbackAnswer(Content) { StatedLength = 60_000 },
            "length too short" => new LoopbackAnswer(Content) { StatedLength = 10 },
            "endless" => new LoopbackAnswer(Content) { Endless = true },
            "other bytes" => new LoopbackAnswer([.. Content[..^1], (byte)(Content[^1] ^ 1)]),
            "gzip" => new LoopbackAnswer(Content[..30_000]) { Headers = { ["Content-Encoding"] = "gzip" } },
            "captive page" => LoopbackAnswer.Of("<html>Please log in</html>") with { Headers = new() { ["Content-Type"] = "text/html; charset=utf-8" } },
            "stall" => new LoopbackAnswer(Content) { StallAfter = 10 },
            "drip" => new LoopbackAnswer(Content) { Drip = TimeSpan.FromMilliseconds(20) },
            "silent" => new LoopbackAnswer(Content) { Silent = true },
            "redirect loop" => LoopbackAnswer.Redirect("/jq.deb"),
            "redirect to file" => LoopbackAnswer.Redirect("file:///etc/passwd"),
            "206 unasked" => new LoopbackAnswer(Content) { Status = 206 },
            "dead" => LoopbackAnswer.Code(500),
            var code => LoopbackAnswer.Code(int.Parse(code, null)),
        };
        return new LoopbackServer(_ => answer);
    }
}
