using System.Text;
using Veridian.Core.Errors;
using Veridian.Trust.OpenPgp;

namespace Veridian.Unit.Tests.Trust;

/// <summary>T-5.</summary>
public sealed class KeyringTests
{
    // Packet header of an old-form public key and three bytes; the checksum was computed with an independent program.
    private static readonly byte[] Packets = [0x99, 0x00, 0x03, 0x04, 0x41, 0x42];

    private const string Armored = """
        -----BEGIN PGP PUBLIC KEY BLOCK-----
        Comment: a test

        mQADBEFC
        =mKgO
        -----END PGP PUBLIC KEY BLOCK-----
        """;

    [Fact]
    public void A_binary_keyring_is_kept_as_it_is() => Assert.Equal(Packets, Keyring.Read("k", Packets).Packets.ToArray());

    [Fact]
    public void Armor_is_taken_off() => Assert.Equal(Packets, Keyring.Read("k", Bytes(Armored)).Packets.ToArray());

    [Fact]
    public void Several_blocks_are_joined() =>
        Assert.Equal((byte[])[.. Packets, .. Packets], Keyring.Read("k", Bytes(Armored + "\nand\n" + Armored)).Packets.ToArray());

    [Fact]
    public void A_key_inside_an_apt_source_may_be_indented_with_dots_for_empty_lines() =>
        Assert.Equal(Packets, Keyring.ReadInline("k", "\n" + string.Join('\n', Armored.Split('\n').Select(line => line.Length == 0 ? " ." : " " + line))).Packets.ToArray());

    [Fact]
    public void A_block_without_checksum_is_read() =>
        Assert.Equal(Packets, Keyring.Read("k", Bytes(Armored.Replace("=mKgO\n", "", StringComparison.Ordinal))).Packets.ToArray());

    [Theory]
    [InlineData("=mKgO", "=AAAA")]
    [InlineData("=mKgO", "=A%AA")]
    [InlineData("=mKgO", "=mKgO\nmQADBEFC")]
    [InlineData("mQADBEFC", "mQADBEFD")]
    [InlineData("mQADBEFC", "mQA%BEFC")]
    [InlineData("-----END PGP PUBLIC KEY BLOCK-----", "")]
    public void Damaged_armor_is_refused(string from, string to) =>
        Assert.Throws<InvalidInputException>(() => Keyring.Read("k", Bytes(Armored.Replace(from, to, StringComparison.Ordinal))));

    [Theory]
    [InlineData("")]
    [InlineData("<html>not found</html>")]
    public void What_is_no_key_is_refused(string text) => Assert.Throws<InvalidInputException>(() => Keyring.Read("k", Bytes(text)));

    [Theory]
    [InlineData("4D64FEC119C2029067D6E791F8D2585B8783D481", true)]
    [InlineData("4d64 fec1 19c2 0290 67d6  e791 f8d2 585b 8783 d481", true)]
    [InlineData("F8D2585B8783D481", false)]
    [InlineData("4D64FEC119C2029067D6E791F8D2585B8783D48G", false)]
    [InlineData("4D64FEC119C2029067D6E791F8D2585B8783D4814D64FEC119C2029067D6E791F8D2585B8783D481", false)]
    public void A_fingerprint_is_whole_or_refused(string text, bool whole) => Assert.Equal(whole, KeyFingerprint.TryParse(text, out _));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
