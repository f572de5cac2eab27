using System.Text;
using Veridian.Core.Errors;
using Veridian.Trust.OpenPgp;

namespace Veridian.Unit.Tests.Trust;

/// <summary>T-3.</summary>
public sealed class ClearSignedMessageTests
{
    private const string Sound = """
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA512

        Origin: Test
        - -----dashes-----
        -----BEGIN PGP SIGNATURE-----

        aGVsbG8=
        -----END PGP SIGNATURE-----

        """;

    [Fact]
    public void A_sound_block_gives_its_text_without_dash_escapes() =>
        Assert.Equal("Origin: Test\n-----dashes-----\n", Encoding.UTF8.GetString(Read(Sound).UnverifiedText.Span));

    [Fact]
    public void Blanks_around_the_block_and_carriage_returns_are_no_text() =>
        Assert.Equal("Origin: Test\n-----dashes-----\n", Encoding.UTF8.GetString(Read("\n \t\n" + Sound.Replace("\n", "\r\n", StringComparison.Ordinal) + "\n  \n").UnverifiedText.Span));

    [Theory]
    [InlineData("Origin: Evil\n" + Sound)]
    [InlineData(Sound + "Origin: Evil\n")]
    [InlineData(Sound + Sound)]
    [InlineData(Sound + "\0")]
    public void Text_outside_the_block_is_refused(string text) => Refused(ErrorCodes.SignedTextAround, text);

    [Theory]
    [InlineData("")]
    [InlineData("Origin: Test\n")]
    [InlineData("<html>log in</html>")]
    [InlineData("-----BEGIN PGP PUBLIC KEY BLOCK-----\n")]
    public void Text_without_a_block_is_not_signed(string text) => Refused(ErrorCodes.SignatureMissing, text);

    [Fact]
    public void A_block_cut_off_at_any_place_is_refused()
    {
        for (var length = 0; length < Sound.TrimEnd().Length; length++)
        {
            Assert.Throws<UntrustedException>(() => Read(Sound[..length]));
        }
    }

    [Theory]
    [InlineData("Hash: SHA512", "Hash: SHA512\nOrigin: Evil")]
    [InlineData("Hash: SHA512", "NotDashEscaped: yes")]
    [InlineData("- -----dashes-----", "-----dashes-----")]
    [InlineData("aGVsbG8=", "-----BEGIN PGP SIGNED MESSAGE-----")]
    public void Lines_that_two_readers_could_see_differently_are_refused(string from, string to) =>
        Refused(ErrorCodes.SignatureInvalid, Sound.Replace(from, to, StringComparison.Ordinal));

    [Fact]
    public void The_message_names_file_and_line()
    {
        var refused = Assert.Throws<UntrustedException>(() => Read(Sound + "Origin: Evil\n"));
        Assert.Contains("'InRelease' has text outside its signed block, on line 10", refused.Message, StringComparison.Ordinal);
    }

    private static ClearSignedMessage Read(string text) => ClearSignedMessage.Read("InRelease", Encoding.UTF8.GetBytes(text));

    private static void Refused(ErrorCode code, string text) => Assert.Equal(code, Assert.Throws<UntrustedException>(() => Read(text)).Code);
}
