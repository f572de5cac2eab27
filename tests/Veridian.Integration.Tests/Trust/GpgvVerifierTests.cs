using System.Text;
using Veridian.Core.Errors;
using Veridian.Engine.Adapters;
using Veridian.Trust.OpenPgp;
using Veridian.Trust.Releases;

namespace Veridian.Integration.Tests.Trust;

/// <summary>T-3 to T-6 with the real tool and the real archive's signatures.</summary>
public sealed class GpgvVerifierTests
{
    private static readonly DateTimeOffset Present = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("bookworm")]
    [InlineData("bookworm-updates")]
    [InlineData("bookworm-security")]
    public async Task Debians_own_release_is_believed(string suite)
    {
        if (DebianTestData.InRelease(suite) is not { } content || DebianTestData.ArchiveKeyring() is not { } keys)
        {
            return;
        }

        var verdict = await VerifyAsync(content, Keyring.Read("debian", keys));
        var release = Trust(suite).Accept(verdict, null, Present).Value;
        Assert.True(release.Signers.Count >= 2);
        var amd64 = ReleaseFileList.Read(suite, Trust(suite).Accept(verdict, null, Present)).Find("main/binary-amd64/Packages.xz");
        Assert.NotNull(amd64);
    }

    [Fact]
    public async Task The_payload_is_the_text_of_the_block_and_nothing_else()
    {
        if (DebianTestData.InRelease("bookworm") is not { } content || DebianTestData.ArchiveKeyring() is not { } keys)
        {
            return;
        }

        var payload = Encoding.UTF8.GetString((await VerifyAsync(content, Keyring.Read("debian", keys))).Payload.Span);
        Assert.StartsWith("Origin: Debian\n", payload, StringComparison.Ordinal);
        Assert.DoesNotContain("-----", payload, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(ClearSignedMessage.Read("x", content).UnverifiedText.Span).TrimEnd(), payload.TrimEnd());
    }

    [Fact]
    public async Task One_known_key_of_three_signers_is_enough_although_gpgv_ends_with_2()
    {
        const string OneKey = "/usr/share/keyrings/debian-archive-bookworm-stable.gpg";
        if (DebianTestData.InRelease("bookworm") is not { } content || !File.Exists(OneKey))
        {
            return;
        }

        var verdict = await VerifyAsync(content, Keyring.Read("stable", await File.ReadAllBytesAsync(OneKey)));
        Assert.Single(verdict.Good);
        Assert.Equal(2, verdict.Problems.Count);
        Assert.True(verdict.UnknownKeyOnly);
        Assert.Single(Trust("bookworm").Accept(verdict, null, Present).Value.Signers);
    }

    [Fact]
    public async Task A_flipped_bit_anywhere_is_never_believed_with_another_text()
    {
        if (DebianTestData.InRelease("bookworm-security") is not { } content || DebianTestData.ArchiveKeyring() is not { } keys)
        {
            return;
        }

        var keyring = Keyring.Read("debian", keys);
        var honest = (await VerifyAsync(content, keyring)).Payload;
        for (var i = 0; i < 40; i++)
        {
            var flipped = (byte[])content.Clone();
            flipped[(int)((long)i * content.Length / 40)] ^= (byte)(1 << (i % 8));
            var accepted = await AcceptAsync("bookworm-security", flipped, keyring);
            Assert.True(accepted is null || accepted.Value.Span.SequenceEqual(honest.Span), $"flip {i}");
        }
    }

    [Fact]
    public async Task A_flipped_bit_in_the_text_is_called_a_wrong_signature()
    {
        if (DebianTestData.InRelease("bookworm") is not { } content || DebianTestData.ArchiveKeyring() is not { } keys)
        {
            return;
        }

        content = (byte[])content.Clone();
        content[content.AsSpan().IndexOf("Codename"u8) + 12] ^= 1;
        var verdict = await VerifyAsync(content, Keyring.Read("debian", keys));
        Assert.Empty(verdict.Good);
        Assert.True(verdict.Payload.IsEmpty);
        var refused = Assert.Throws<UntrustedException>(() => Trust("bookworm").Accept(verdict, null, Present));
        Assert.Equal(ErrorCodes.SignatureInvalid, refused.Code);
        Assert.Contains("the text was changed", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_key_is_named()
    {
        using var key = OwnKey.TryMake();
        if (key is null || DebianTestData.ArchiveKeyring() is not { } keys)
        {
            return;
        }

        var verdict = await VerifyAsync(key.ClearSign(Text), Keyring.Read("debian", keys));
        var refused = Assert.Throws<UntrustedException>(() => Trust("own").Accept(verdict, null, Present));
        Assert.Equal(ErrorCodes.SignatureUnknownKey, refused.Code);
        Assert.Contains("is not known", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_armored_key_counts_beside_other_keyrings()
    {
        using var key = OwnKey.TryMake();
        if (key is null || DebianTestData.ArchiveKeyring() is not { } keys)
        {
            return;
        }

        var inline = string.Join('\n', Encoding.ASCII.GetString(key.ExportArmored()).Split('\n').Select(line => line.Length == 0 ? " ." : " " + line));
        var verdict = await VerifyAsync(key.ClearSign(Text), Keyring.Read("debian", keys), Keyring.ReadInline("Signed-By", inline));
        Assert.Single(Trust("own").Accept(verdict, null, Present).Value.Signers);
    }

    [Fact]
    public async Task A_signature_without_its_armor_is_refused()
    {
        using var key = OwnKey.TryMake();
        if (key is null)
        {
            return;
        }

        var signed = Encoding.ASCII.GetString(key.ClearSign(Text));
        var stripped = signed[..signed.IndexOf("-----BEGIN PGP SIGNATURE", StringComparison.Ordinal)] + "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n";
        var verdict = await VerifyAsync(Encoding.ASCII.GetBytes(stripped), Keyring.Read("own", key.Export()));
        Assert.Equal(ErrorCodes.SignatureInvalid, Assert.Throws<UntrustedException>(() => Trust("own").Accept(verdict, null, Present)).Code);
    }

    [Fact]
    public async Task A_weak_digest_does_not_count()
    {
        using var key = OwnKey.TryMake();
        if (key is null)
        {
            return;
        }

        var signed = key.ClearSign(Text, "--digest-algo", "SHA1");
        Assert.NotEmpty(signed);
        Assert.Empty((await VerifyAsync(signed, Keyring.Read("own", key.Export()))).Good);
    }

    [Fact]
    public async Task A_signature_by_an_expired_key_does_not_count()
    {
        using var key = OwnKey.TryMake("--faked-system-time", "20200101T000000!");
        if (key is null)
        {
            return;
        }

        var signed = key.ClearSign(Text, "--faked-system-time", "20200101T000001!");
        Assert.NotEmpty(signed);
        var verdict = await VerifyAsync(signed, Keyring.Read("own", key.Export()));
        Assert.Empty(verdict.Good);
        Assert.Contains("has expired", verdict.Problems.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_gpgv_names_its_package()
    {
        var message = ClearSignedMessage.Read("x", "-----BEGIN PGP SIGNED MESSAGE-----\n\n-----BEGIN PGP SIGNATURE-----\n-----END PGP SIGNATURE-----\n"u8.ToArray());
        var missing = await Assert.ThrowsAsync<UnavailableException>(async () =>
            await new GpgvVerifier("/nonexistent:relative", null, null, TimeProvider.System).VerifyAsync(message, [], CancellationToken.None));
        Assert.Equal(ErrorCodes.NativeLibraryMissing, missing.Code);
        Assert.Contains("'gpgv'", missing.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_folder_of_tools_is_searched_too()
    {
        using var key = OwnKey.TryMake();
        if (key is null)
        {
            return;
        }

        var native = Directory.CreateTempSubdirectory("vn").FullName;
        Directory.CreateDirectory(Path.Combine(native, "bin"));
        File.CreateSymbolicLink(Path.Combine(native, "bin", "gpgv"), "/usr/bin/gpgv");
        var verifier = new GpgvVerifier("", native, null, TimeProvider.System);
        var verdict = await verifier.VerifyAsync(ClearSignedMessage.Read("x", key.ClearSign(Text)), [Keyring.Read("own", key.Export())], CancellationToken.None);
        Directory.Delete(native, recursive: true);
        Assert.Single(verdict.Good);
    }

    private static byte[] Text => "Codename: own\nDate: Tue, 17 Nov 2026 22:33:39 UTC\n"u8.ToArray();

    private static DebianReleaseTrust Trust(string suite) => new(new ReleaseSubject("http://deb.example/debian", suite), ReleaseTrustPolicy.Default);

    private static async Task<OpenPgpVerdict> VerifyAsync(byte[] content, params Keyring[] keyrings) =>
        await GpgvVerifier.FromEnvironment(TimeProvider.System).VerifyAsync(ClearSignedMessage.Read("InRelease", content), keyrings, CancellationToken.None);

    private static async Task<ReadOnlyMemory<byte>?> AcceptAsync(string suite, byte[] content, Keyring keyring)
    {
        try
        {
            return Trust(suite).Accept(await VerifyAsync(content, keyring), null, Present).Value.Payload;
        }
        catch (UntrustedException)
        {
            return null;
        }
    }
}
