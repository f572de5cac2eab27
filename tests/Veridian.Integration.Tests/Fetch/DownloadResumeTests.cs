using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Fetch;
using Veridian.Fetch.Downloads;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Fetch;

/// <summary>M-5 to M-7: what an earlier or a concurrent download left here.</summary>
public sealed class DownloadResumeTests
{
    private static readonly byte[] Content = FetchBench.Content(50_000);

    [Fact]
    public async Task Only_the_rest_is_asked_for()
    {
        using var bench = new FetchBench();
        await using var server = Good();
        var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
        bench.LeavePartial(item, Content[..30_000]);
        await bench.FetchAsync(item);
        Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
        Assert.Equal((30_000L, 20_000L), (server.Requests.Single().RangeStart, bench.Received));
        Assert.Equal("started 30000/50000", bench.Events[0]);
    }

    [Fact]
    public async Task A_complete_partial_file_needs_no_server()
    {
        using var bench = new FetchBench();
        var item = bench.Item(Content, new Uri("http://127.0.0.1:9/jq.deb"));
        bench.LeavePartial(item, Content);
        await bench.FetchAsync(item);
        Assert.True(File.Exists(item.Path));
    }

    [Theory]
    [InlineData("wrong beginning")]
    [InlineData("too long")]
    [InlineData("full and wrong")]
    public async Task A_damaged_partial_file_costs_a_transfer_and_blames_no_mirror(string damage)
    {
        using var bench = new FetchBench();
        await using var server = Good();
        var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
        bench.LeavePartial(item, damage switch
        {
            "wrong beginning" => new byte[30_000],
            "too long" => new byte[60_000],
            _ => new byte[50_000],
        });
        await bench.FetchAsync(item);
        Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
        Assert.DoesNotContain(bench.Events, text => text.StartsWith("failed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ignored")]
    [InlineData("wrong start")]
    [InlineData("no start")]
    [InlineData("refused")]
    public async Task A_server_that_is_bad_at_ranges_is_asked_for_everything(string manner)
    {
        using var bench = new FetchBench();
        await using var server = new LoopbackServer(request => (request.RangeStart, manner) switch
        {
            (0, _) or (_, "ignored") => new LoopbackAnswer(Content),
            (_, "wrong start") => new LoopbackAnswer(Content[100..]) { Status = 206, Headers = { ["Content-Range"] = "bytes 100-49999/50000" } },
            (_, "no start") => new LoopbackAnswer(Content[30_000..]) { Status = 206 },
            _ => LoopbackAnswer.Code(416),
        });
        var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
        bench.LeavePartial(item, Content[..30_000]);
        await bench.FetchAsync(item);
        Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
        Assert.DoesNotContain(bench.Events, text => text.StartsWith("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_server_is_asked_to_continue_only_if_its_file_is_unchanged()
    {
        using var bench = new FetchBench();
        var first = true;
        await using var server = new LoopbackServer(request =>
        {
            (var now, first) = (first, false);
            return now
                ? new LoopbackAnswer(new byte[50_000]) { CutAfter = 10_000, Headers = { ["ETag"] = "\"old\"" } }
                : LoopbackServer.Serve(Files, request);
        });
        var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
        await bench.FetchAsync(item);
        Assert.Equal("\"old\"", server.Requests[1].Headers["If-Range"]);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
    }

    [Fact]
    public async Task A_file_in_the_cache_is_hashed_again_and_used()
    {
        using var bench = new FetchBench();
        await using var server = Good();
        var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
        await bench.FetchAsync(item);
        await bench.FetchAsync(item);
        Assert.Equal("cached", bench.Events[^1]);
        Assert.Single(server.Requests);
        await File.WriteAllBytesAsync(item.Path, new byte[50_000]);
        await bench.FetchAsync(item);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
    }

    [Fact]
    public async Task Of_many_downloads_of_one_file_one_asks_the_server()
    {
        using var bench = new FetchBench();
        await using var server = new LoopbackServer(request => LoopbackServer.Serve(Files, request));
        var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => bench.FetchAsync(item))));
        Assert.Single(server.Requests);
        Assert.Equal((1, 15), (bench.Events.Count(text => text == "finished"), bench.Events.Count(text => text == "cached")));
        Assert.Equal([item.Path], Directory.GetFiles(bench.Folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Rounds_of_many_downloads_with_a_failing_server_end_with_the_right_file()
    {
        for (var round = 0; round < 10; round++)
        {
            using var bench = new FetchBench();
            var count = 0;
            await using var server = new LoopbackServer(request => Interlocked.Increment(ref count) % 2 == 1
                ? LoopbackServer.Serve(Files, request) with { CutAfter = 100 }
                : LoopbackServer.Serve(Files, request));
            var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => bench.FetchAsync(item))));
            Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
        }
    }

    [Fact]
    public async Task A_cancelled_download_leaves_what_it_has_for_the_next_one()
    {
        using var bench = new FetchBench();
        await using var server = new LoopbackServer(_ => new LoopbackAnswer(Content) { StallAfter = 20_000 });
        var item = bench.Item(Content, new Uri(server.Url, "jq.deb"));
        using var stop = new CancellationTokenSource();
        var observer = new CancelAfter(20_000, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await bench.Downloader.FetchAsync(item, observer, stop.Token));
        Assert.Equal(20_000, new FileInfo(bench.Partial(item)).Length);
        Assert.False(File.Exists(item.Path));
    }

    [Fact]
    public async Task A_queue_brings_all_and_stops_at_the_first_failure()
    {
        using var bench = new FetchBench();
        var contents = Enumerable.Range(1, 40).Select(i => FetchBench.Content(i * 1000)).ToList();
        await using var server = LoopbackServer.Serving(contents.ToDictionary(content => $"/{content.Length}", content => content));
        var items = contents.Select(content => bench.Item(content, new Uri(server.Url, $"{content.Length}"))).ToList();
        var queue = new DownloadQueue(bench.Downloader, bench.Settings);
        await queue.FetchAllAsync(items, bench, CancellationToken.None);
        Assert.All(items, item => Assert.True(File.Exists(item.Path)));
        Assert.InRange(server.Connections, 1, bench.Settings.Parallel);

        var missing = bench.Item(FetchBench.Content(999), new Uri(server.Url, "absent"));
        var refused = await Assert.ThrowsAsync<UnavailableException>(async () => await queue.FetchAllAsync([missing], bench, CancellationToken.None));
        Assert.Equal(ErrorCodes.PackageGone, refused.Code);
    }

    [Fact]
    public async Task A_file_url_is_downloaded_like_any_other()
    {
        using var bench = new FetchBench();
        var source = Path.Combine(bench.Folder, "a source#1.deb");
        await File.WriteAllBytesAsync(source, Content);
        var item = bench.Item(Content, new Uri("file:///nonexistent/x"), new Uri("file://" + Uri.EscapeDataString(source).Replace("%2F", "/", StringComparison.Ordinal)));
        bench.LeavePartial(item, Content[..10]);
        await bench.FetchAsync(item);
        Assert.Equal(Content, await File.ReadAllBytesAsync(item.Path));
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_named()
    {
        using var bench = new FetchBench();
        await using var server = Good();
        await File.WriteAllTextAsync(bench.Cache.Partial, "in the way");
        var refused = await Assert.ThrowsAsync<StorageException>(() => bench.FetchAsync(bench.Item(Content, new Uri(server.Url, "jq.deb"))));
        Assert.Contains(bench.Cache.Partial, refused.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, byte[]> Files => new() { ["/jq.deb"] = Content };

    private static LoopbackServer Good() => LoopbackServer.Serving(Files);

    private sealed class CancelAfter(long bytes, CancellationTokenSource stop) : ITransferObserver
    {
        private long _left = bytes;

        public void Started(string name, ByteCount? size, ByteCount already)
        {
        }

        public void Received(string name, long bytes)
        {
            if ((_left -= bytes) <= 0)
            {
                stop.Cancel();
            }
        }

        public void Failed(string name, Uri url, string reason)
        {
        }

        public void Finished(string name, bool fromCache)
        {
        }
    }
}
