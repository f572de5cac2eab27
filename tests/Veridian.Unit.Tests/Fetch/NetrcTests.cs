using Veridian.Core.Errors;
using Veridian.Fetch.Http;

namespace Veridian.Unit.Tests.Fetch;

/// <summary>M-2.</summary>
public sealed class NetrcTests
{
    private const string File = """
        # a comment with the word machine
        machine plain.example login a password 1
        machine http://open.example login b password 2
        machine https://deep.example:8443/debian login c password 3
        default login evil password everywhere
        """;

    [Theory]
    [InlineData("https://plain.example/x", "a")]
    [InlineData("https://PLAIN.example/x", "a")]
    [InlineData("http://plain.example/x", null)]
    [InlineData("https://plain.example:444/x", null)]
    [InlineData("https://plain.example.evil/x", null)]
    [InlineData("https://notplain.example/x", null)]
    [InlineData("http://open.example/", "b")]
    [InlineData("https://open.example/", null)]
    [InlineData("https://deep.example:8443/debian/dists", "c")]
    [InlineData("https://deep.example:8443/debian", "c")]
    [InlineData("https://deep.example:8443/debian-evil", null)]
    [InlineData("https://deep.example/debian/dists", null)]
    [InlineData("https://other.example/", null)]
    public void Credentials_go_to_the_named_place_only(string url, string? login) =>
        Assert.Equal(login, Netrc.Parse("auth.conf", File).Find(new Uri(url))?.Login);

    [Theory]
    [InlineData("login x")]
    [InlineData("machine")]
    [InlineData("machine a login")]
    [InlineData("what is this")]
    public void A_word_out_of_place_is_an_error(string text) => Assert.Throws<InvalidInputException>(() => Netrc.Parse("auth.conf", text));

    [Fact]
    public void An_error_does_not_print_a_password() =>
        Assert.DoesNotContain("secret", Assert.Throws<InvalidInputException>(() => Netrc.Parse("f", "machine a login b password secret oops")).Message, StringComparison.Ordinal);
}
