using System.Text;
using Veridian.Core.Errors;
using Veridian.Fetch;
using Veridian.Fetch.Http;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Fetch;

/// <summary>M-1 and M-2.</summary>
public sealed class HttpFetcherTests
{
    [Fact]
    public async Task Connections_are_kept()
    {
        await using var server = new LoopbackServer(_ => LoopbackAnswer.Of("hello"));
        using var fetcher = Make();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("hello", await TextAsync(fetcher, server.Url));
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal("veridian-store/0.1", server.Requests[0].Headers["User-Agent"]);
        Assert.False(server.Requests[0].Headers.ContainsKey("Accept-Encoding"));
    }

    [Fact]
    public async Task Redirects_are_followed_and_credentials_are_not_taken_along()
    {
        await using var other = new LoopbackServer(_ => LoopbackAnswer.Of("there"));
        await using var first = new LoopbackServer(_ => LoopbackAnswer.Redirect(other.Url + "x"));
        using var fetcher = Make();
        var url = new UriBuilder(first.Url) { UserName = "me", Password = "p%40ss" }.Uri;
        Assert.Equal("there", await TextAsync(fetcher, url));
        Assert.Equal("Basic " + Convert.ToBase64String("me:p@ss"u8), first.Requests[0].Headers["Authorization"]);
        Assert.False(other.Requests[0].Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task Netrc_credentials_go_to_their_host_only()
    {
        await using var mine = new LoopbackServer(_ => LoopbackAnswer.Of("mine"));
        await using var other = new LoopbackServer(_ => LoopbackAnswer.Redirect(mine.Url.AbsoluteUri));
        using var fetcher = Make(new HttpSettings { Credentials = Netrc.Parse("netrc", $"machine http://{mine.Url.Authority} login me password secret") });
        Assert.Equal("mine", await TextAsync(fetcher, other.Url));
        Assert.False(other.Requests[0].Headers.ContainsKey("Authorization"));
        Assert.Equal("Basic " + Convert.ToBase64String("me:secret"u8), mine.Requests[0].Headers["Authorization"]);
    }

    [Fact]
    public async Task A_proxy_is_asked_for_the_whole_url()
    {
        await using var proxy = new LoopbackServer(_ => LoopbackAnswer.Of("via proxy"));
        using var fetcher = Make(new HttpSettings { Proxy = ProxyRules.From(proxy.Url.Authority, null, "direct.example") });
        Assert.Equal("via proxy", await TextAsync(fetcher, new Uri("http://deb.example/debian/x")));
        Assert.Equal("http://deb.example/debian/x", proxy.Requests[0].Path);
    }

    [Fact]
    public async Task A_proxy_that_asks_gets_the_name_and_password_of_its_url()
    {
        await using var proxy = new LoopbackServer(request => request.Headers.ContainsKey("Proxy-Authorization")
            ? LoopbackAnswer.Of("let in")
            : LoopbackAnswer.Code(407) with { Headers = new() { ["Proxy-Authenticate"] = "Basic realm=\"x\"" } });
        using var fetcher = Make(new HttpSettings { Proxy = ProxyRules.From($"http://me:p%3Ass@{proxy.Url.Authority}", "http://you:secret@other:1", null) });
        Assert.Equal("let in", await TextAsync(fetcher, new Uri("http://deb.example/debian/x")));
        Assert.Equal("Basic " + Convert.ToBase64String("me:p:ss"u8), proxy.Requests[^1].Headers["Proxy-Authorization"]);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    public async Task A_redirect_to_another_protocol_is_refused(string target)
    {
        await using var server = new LoopbackServer(_ => LoopbackAnswer.Redirect(target));
        using var fetcher = Make();
        var refused = await Assert.ThrowsAsync<UnavailableException>(() => TextAsync(fetcher, server.Url));
        Assert.Contains("which is not allowed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_show_no_password()
    {
        await using var server = new LoopbackServer(_ => LoopbackAnswer.Code(401));
        using var fetcher = Make();
        var url = new UriBuilder(server.Url) { UserName = "me", Password = "secret" }.Uri;
        var refused = await Assert.ThrowsAsync<UnavailableException>(() => TextAsync(fetcher, url));
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    private static HttpFetcher Make(HttpSettings? settings = null) => new(settings ?? new HttpSettings(), TimeProvider.System);

    private static async Task<string> TextAsync(IFetcher fetcher, Uri url)
    {
        await using var response = await fetcher.OpenAsync(new FetchRequest(url), CancellationToken.None);
        using var reader = new StreamReader(response.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
