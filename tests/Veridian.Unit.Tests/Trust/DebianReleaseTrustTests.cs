using System.Text;
using Veridian.Core.Errors;
using Veridian.Trust;
using Veridian.Trust.OpenPgp;
using Veridian.Trust.Releases;

namespace Veridian.Unit.Tests.Trust;

/// <summary>T-1, T-2, T-6 to T-9.</summary>
public sealed class DebianReleaseTrustTests
{
    private static readonly DateTimeOffset Made = new(2026, 11, 17, 22, 33, 39, TimeSpan.Zero);
    private static readonly KeyFingerprint Alice = Key('A');
    private static readonly KeyFingerprint AliceSubkey = Key('B');
    private static readonly KeyFingerprint Bob = Key('C');

    [Fact]
    public void One_known_key_is_enough()
    {
        var release = Accept(Verdict([new(AliceSubkey, Alice)])).Value;
        Assert.Equal((Made, (DateTimeOffset?)null, false), (release.Date, release.ValidUntil, release.Unsigned));
        Assert.Equal([Alice], release.Signers);
    }

    [Fact]
    public void Signatures_by_unknown_keys_beside_a_known_one_do_no_harm() =>
        Accept(new OpenPgpVerdict([new(Alice, Alice)], Text(), ["Key 11 is not known."], true));

    [Fact]
    public void Only_unknown_keys_are_not_enough() =>
        Refused(ErrorCodes.SignatureUnknownKey, () => Accept(new OpenPgpVerdict([], Text(), ["Key 11 is not known."], true)));

    [Fact]
    public void A_bad_signature_is_called_bad() =>
        Refused(ErrorCodes.SignatureInvalid, () => Accept(new OpenPgpVerdict([], Text(), ["The signature by key 11 is wrong."], false)));

    [Fact]
    public void One_key_that_signed_twice_counts_once()
    {
        var policy = new ReleaseTrustPolicy { Threshold = 2 };
        Refused(ErrorCodes.SignatureUnknownKey, () => Accept(Verdict([new(Alice, Alice), new(AliceSubkey, Alice)]), policy));
        Assert.Equal([Alice, Bob], Accept(Verdict([new(Alice, Alice), new(Bob, Bob)]), policy).Value.Signers);
    }

    [Fact]
    public void A_threshold_below_one_is_still_one() =>
        Refused(ErrorCodes.SignatureInvalid, () => Accept(Verdict([]), new ReleaseTrustPolicy { Threshold = 0 }));

    [Fact]
    public void Named_keys_narrow_the_keyring()
    {
        Refused(ErrorCodes.SignatureUnknownKey, () => Accept(Verdict([new(Bob, Bob)]), new ReleaseTrustPolicy { OnlyKeys = [Alice] }));
        Accept(Verdict([new(AliceSubkey, Alice)]), new ReleaseTrustPolicy { OnlyKeys = [Alice] });
        Accept(Verdict([new(AliceSubkey, Alice)]), new ReleaseTrustPolicy { OnlyKeys = [AliceSubkey] });
    }

    [Fact]
    public void An_unsigned_text_needs_the_word_for_it()
    {
        Refused(ErrorCodes.SignatureMissing, () => Trust(new()).AcceptUnsigned(Text(), null, Made));
        Assert.True(Trust(new() { Unsigned = true }).AcceptUnsigned(Text(), null, Made).Value.Unsigned);
    }

    [Fact]
    public void A_repository_without_key_is_refused_unless_declared_unsigned()
    {
        Refused(ErrorCodes.RepositoryUntrusted, () => Trust(new()).RequireKeys([]));
        Trust(new() { Unsigned = true }).RequireKeys([]);
    }

    [Theory]
    [InlineData("stable", "bookworm", true)]
    [InlineData("bookworm", "stable", true)]
    [InlineData("sid", "unstable", false)]
    public void Another_suite_in_place_of_the_one_asked_for_is_refused(string suite, string codename, bool accepted)
    {
        var text = Text($"Suite: {suite}\nCodename: {codename}\nDate: Tue, 17 Nov 2026 22:33:39 UTC\n");
        Check(ErrorCodes.MetadataMalformed, accepted, () => Accept(Verdict([new(Alice, Alice)], text)));
    }

    [Fact]
    public void The_date_never_goes_back()
    {
        Accept(Verdict([new(Alice, Alice)]), lastSeen: Made);
        Accept(Verdict([new(Alice, Alice)]), lastSeen: Made.AddSeconds(-1));
        Refused(ErrorCodes.MetadataRolledBack, () => Accept(Verdict([new(Alice, Alice)]), lastSeen: Made.AddSeconds(1)));
    }

    [Theory]
    [InlineData(-1.01, "VS3012")]
    [InlineData(-0.99, null)]
    [InlineData(399.9, null)]
    [InlineData(400.1, "VS3005")]
    [InlineData(-20774, "VS3012")]
    [InlineData(730, "VS3005")]
    public void Without_expiry_a_text_lives_400_days_and_no_clock_is_more_than_a_day_behind_it(double days, string? code) =>
        Outcome(code, () => Accept(Verdict([new(Alice, Alice)]), now: Made.AddDays(days)));

    [Theory]
    [InlineData(6.9, null)]
    [InlineData(7.1, "VS3005")]
    public void With_expiry_a_text_lives_until_then(double days, string? code)
    {
        var text = Text("Codename: bookworm\nDate: Tue, 17 Nov 2026 22:33:39 UTC\nValid-Until: Tue, 24 Nov 2026 22:33:39 UTC\n");
        Outcome(code, () => Accept(Verdict([new(Alice, Alice)], text), now: Made.AddDays(days)));
    }

    [Fact]
    public void An_expired_text_that_is_also_older_is_called_rolled_back() =>
        Refused(ErrorCodes.MetadataRolledBack, () => Accept(Verdict([new(Alice, Alice)]), lastSeen: Made.AddDays(1), now: Made.AddDays(500)));

    [Theory]
    [InlineData("Codename: bookworm\n")]
    [InlineData("Date: tomorrow\n")]
    [InlineData("Date: Tue, 17 Nov 2026 22:33:39 +0200\n")]
    [InlineData("Date: Tue, 17 Nov 2026 22:33:39\n")]
    [InlineData("Date: Tue, 17 Nov 2026 22:33:39 UTC\nValid-Until: never\n")]
    [InlineData("Date: Tue, 17 Nov 2026 22:33:39 UTC\nDate: Wed, 18 Nov 2026 22:33:39 UTC\n")]
    [InlineData("Date: Tue, 17 Nov 2026 22:33:39 UTC\n\nDate: Wed, 18 Nov 2026 22:33:39 UTC\n")]
    [InlineData("Date: Tue, 17 Nov 2026 22:33:39 UTC\nno field\n")]
    public void A_text_whose_dates_cannot_be_told_is_refused(string text) =>
        Refused(ErrorCodes.MetadataMalformed, () => Accept(Verdict([new(Alice, Alice)], Text(text))));

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 UTC")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 UTC")]
    public void Dates_at_the_ends_of_the_calendar_are_only_refused(string date) =>
        Assert.Throws<UntrustedException>(() => Accept(Verdict([new(Alice, Alice)], Text($"Date: {date}\n"))));

    [Fact]
    public void Only_the_sha256_section_is_read()
    {
        var digest = new string('a', 64);
        var list = Files($"MD5Sum:\n 0 1 main/x\nSHA256:\n {digest} 12 main/binary-amd64/Packages.xz\n {digest} 12 main/binary-amd64/Packages.xz\nSHA512:\n 0 1 main/y\n");
        Assert.Equal(1, list.Count);
        Assert.Equal(12, list.Find("main/binary-amd64/Packages.xz")!.Size.Bytes);
        Assert.Null(list.Find("main/x"));
    }

    [Theory]
    [InlineData(" zz 12 main/x")]
    [InlineData(" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa -1 main/x")]
    [InlineData(" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 12")]
    [InlineData(" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 99999999999999999999 main/x")]
    [InlineData(" aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 x\n aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 2 x")]
    public void A_broken_file_list_is_refused(string lines) => Refused(ErrorCodes.MetadataMalformed, () => Files($"SHA256:\n{lines}\n"));

    private static ReleaseFileList Files(string section) =>
        ReleaseFileList.Read("r", Accept(Verdict([new(Alice, Alice)], Text("Date: Tue, 17 Nov 2026 22:33:39 UTC\n" + section))));

    private static KeyFingerprint Key(char digit) => KeyFingerprint.TryParse(new string(digit, 40), out var key) ? key : throw new ArgumentException(null);

    private static byte[] Text(string text = "Codename: bookworm\nDate: Tue, 17 Nov 2026 22:33:39 UTC\n") => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData(300, null)]
    [InlineData(401, "VS3005")]
    public void Without_its_own_end_a_text_still_grows_too_old(int days, string? code)
    {
        var text = Text("Codename: bookworm\nDate: Tue, 17 Nov 2026 22:33:39 UTC\nValid-Until: Tue, 24 Nov 2026 22:33:39 UTC\n");
        var refused = Record.Exception(() => Accept(Verdict([new(Alice, Alice)], text), new ReleaseTrustPolicy { CheckValidUntil = false }, now: Made.AddDays(days)));
        Assert.Equal(code, (refused as UntrustedException)?.Code.Id);
    }

    private static OpenPgpVerdict Verdict(OpenPgpSignature[] good, byte[]? text = null) => new(good, text ?? Text(), [], false);

    private static DebianReleaseTrust Trust(ReleaseTrustPolicy policy) => new(new ReleaseSubject("http://debian", "bookworm"), policy);

    private static Trusted<ReleaseText> Accept(OpenPgpVerdict verdict, ReleaseTrustPolicy? policy = null, DateTimeOffset? lastSeen = null, DateTimeOffset? now = null) =>
        Trust(policy ?? ReleaseTrustPolicy.Default).Accept(verdict, lastSeen, now ?? Made.AddDays(1));

    private static void Refused(ErrorCode code, Action action) => Assert.Equal(code, Assert.Throws<UntrustedException>(action).Code);

    private static void Refused(ErrorCode code, Func<object> action) => Refused(code, () => { _ = action(); });

    private static void Check(ErrorCode code, bool accepted, Func<object> action) => Outcome(accepted ? null : code.Id, action);

    private static void Outcome(string? code, Func<object> action) =>
        Assert.Equal(code, (Record.Exception(() => { _ = action(); }) as UntrustedException)?.Code.Id);
}
