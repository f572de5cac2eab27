using Veridian.Core.Text;

namespace Veridian.Unit.Tests.Core.Text;

public sealed class DidYouMeanTests
{
    private static readonly string[] Names = ["ripgrep", "grep", "curl", "git", "gitk", "jq", "python3", "libssl-dev", "libssh-dev"];

    [Theory]
    [InlineData("rigprep", "ripgrep")]
    [InlineData("ripgrp", "ripgrep")]
    [InlineData("crul", "curl")]
    [InlineData("pyhton3", "python3")]
    [InlineData("libss-dev", "libssh-dev")]
    [InlineData("got", "git")]
    [InlineData("emacs", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_offered_if_any_is_near(string word, string? nearest) =>
        Assert.Equal(nearest, DidYouMean.Nearest(word, Names));

    [Fact]
    public void A_word_is_never_offered_for_itself() => Assert.Equal("gitk", DidYouMean.Nearest("git", Names));

    [Fact]
    public void Several_are_offered_nearest_first() => Assert.Equal(["libssh-dev", "libssl-dev"], DidYouMean.Nearest("libssk-dev", Names, 5));

    [Fact]
    public void Very_long_words_are_not_searched() => Assert.Null(DidYouMean.Nearest(new string('a', 5000), [new string('a', 4999)]));
}
