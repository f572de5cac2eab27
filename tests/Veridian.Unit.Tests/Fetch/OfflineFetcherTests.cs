using Veridian.Core.Errors;
using Veridian.Fetch;

namespace Veridian.Unit.Tests.Fetch;

/// <summary>M-9.</summary>
public sealed class OfflineFetcherTests
{
    [Theory]
    [InlineData("http://deb.example/x", "VS4002")]
    [InlineData("ftp://deb.example/x", "VS4001")]
    [InlineData("cdrom://x", "VS4001")]
    public async Task Offline_opens_nothing_and_says_so(string url, string code)
    {
        var fetcher = new FetcherByScheme(new OfflineFetcher(), new FileFetcher());
        var refused = await Assert.ThrowsAsync<UnavailableException>(async () => await fetcher.OpenAsync(new FetchRequest(new Uri(url)), CancellationToken.None));
        Assert.Equal(code, refused.Code.Id);
    }
}
