using Veridian.Core.Errors;
using Veridian.Fetch.Http;

namespace Veridian.Unit.Tests.Fetch;

/// <summary>M-1.</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData("http://a/", "http://b/", true)]
    [InlineData("http://a/", "https://b/", true)]
    [InlineData("https://a/", "https://b/", true)]
    [InlineData("https://a/", "http://a/", false)]
    [InlineData("http://a/", "file:///etc/passwd", false)]
    [InlineData("http://a/", "ftp://b/", false)]
    public void A_redirect_never_leads_away_from_tls_or_to_another_protocol(string from, string to, bool allowed) =>
        Assert.Equal(!allowed, Record.Exception(() => HttpFetcher.RequireHttp(new Uri(to), new Uri(from))) is UnavailableException);
}
