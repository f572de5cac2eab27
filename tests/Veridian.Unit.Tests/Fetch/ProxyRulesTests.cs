using Veridian.Core.Errors;
using Veridian.Fetch.Http;

namespace Veridian.Unit.Tests.Fetch;

/// <summary>M-2.</summary>
public sealed class ProxyRulesTests
{
    [Theory]
    [InlineData("http://deb.example/", "http://proxy:3128/")]
    [InlineData("https://deb.example/", "http://secure:3129/")]
    [InlineData("http://in.corp/", null)]
    [InlineData("http://deep.in.corp/", null)]
    [InlineData("http://begin.corp/", "http://proxy:3128/")]
    [InlineData("http://local:8080/", null)]
    [InlineData("http://local/", "http://proxy:3128/")]
    public void The_scheme_chooses_the_proxy_and_exceptions_go_around_it(string url, string? proxy)
    {
        var rules = ProxyRules.From("http://proxy:3128", "secure:3129", ".in.corp, local:8080");
        var destination = new Uri(url);
        Assert.Equal(proxy, rules.IsBypassed(destination) ? null : rules.GetProxy(destination)?.AbsoluteUri);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("DIRECT")]
    public void No_proxy_means_direct(string? value) => Assert.True(ProxyRules.From(value, value, null).IsBypassed(new Uri("http://deb.example/")));

    [Fact]
    public void A_star_goes_around_the_proxy_for_all() => Assert.True(ProxyRules.From("proxy:1", null, "*").IsBypassed(new Uri("http://deb.example/")));

    [Theory]
    [InlineData("ftp://proxy:21")]
    [InlineData("http://")]
    public void What_is_no_proxy_is_an_error(string value) => Assert.Throws<InvalidInputException>(() => ProxyRules.From(value, null, null));
}
