using Veridian.Core.Errors;
using Veridian.Trust.OpenPgp;

namespace Veridian.Trust.Releases;

/// <summary>Decides whether a <c>Release</c> text is believed: signatures, the right suite, no way back in time, not expired.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-6 to T-9. Pure: the verifier's verdict, the last date seen and the time are handed in.</remarks>
public sealed class DebianReleaseTrust(ReleaseSubject subject, ReleaseTrustPolicy policy)
{
    /// <summary>Refuses a repository that has no key and was not declared unsigned (T-1), before anything is fetched.</summary>
    /// <exception cref="UntrustedException">RepositoryUntrusted.</exception>
    public void RequireKeys(IReadOnlyList<Keyring> keyrings)
    {
        if (!policy.Unsigned && keyrings.Count == 0)
        {
            throw new UntrustedException(
                ErrorCodes.RepositoryUntrusted,
                $"Repository '{subject}' has no key.",
                "Give its 'key', or write 'trust = \"unsigned\"' if you accept that nobody vouches for it.");
        }
    }

    /// <summary>Believes a signed text, or says why not.</summary>
    /// <param name="verdict">What the verifier said about a message whose framing was sound.</param>
    /// <param name="lastSeen">The newest <c>Date</c> ever believed for this subject; null at the first time.</param>
    /// <param name="now">The present time.</param>
    /// <exception cref="UntrustedException">Any rule is not met.</exception>
    public Trusted<ReleaseText> Accept(OpenPgpVerdict verdict, DateTimeOffset? lastSeen, DateTimeOffset now)
    {
        var signers = CountingSigners(verdict);
        return signers.Count >= Math.Max(1, policy.Threshold)
            ? AcceptText(verdict.Payload, signers, lastSeen, now)
            : throw TooFewSigners(verdict, signers.Count);
    }

    /// <summary>Believes a text that nobody signed, because the policy says so; its dates still count.</summary>
    /// <exception cref="UntrustedException">The policy asks for signatures (SignatureMissing), or a rule about dates is not met.</exception>
    public Trusted<ReleaseText> AcceptUnsigned(ReadOnlyMemory<byte> text, DateTimeOffset? lastSeen, DateTimeOffset now) =>
        policy.Unsigned
            ? AcceptText(text, [], lastSeen, now)
            : throw new UntrustedException(
                ErrorCodes.SignatureMissing, $"The release text of '{subject}' is not signed.", "Try another mirror; if it stays, tell the repository's owner.");

    // T-6: keys are counted, not signatures, so that one key that signed twice counts once.
    private List<KeyFingerprint> CountingSigners(OpenPgpVerdict verdict) =>
    [
        .. verdict.Good
            .Where(signature => policy.OnlyKeys.Count == 0 || policy.OnlyKeys.Contains(signature.Key) || policy.OnlyKeys.Contains(signature.PrimaryKey))
            .Select(signature => signature.PrimaryKey)
            .Distinct(),
    ];

    private UntrustedException TooFewSigners(OpenPgpVerdict verdict, int count)
    {
        var why = verdict.Problems.Count > 0 ? " " + string.Join(" ", verdict.Problems) : "";
        return verdict.Good.Count > 0 || verdict.UnknownKeyOnly
            ? new UntrustedException(
                ErrorCodes.SignatureUnknownKey,
                $"The release text of '{subject}' has {count} of {Math.Max(1, policy.Threshold)} signatures by keys that are trusted for it.{why}",
                "Add the repository's present key, if you have it from a source you trust.")
            : new UntrustedException(
                ErrorCodes.SignatureInvalid,
                $"The signature on the release text of '{subject}' does not verify.{why}",
                "Try another mirror; if it stays, tell the repository's owner.");
    }

    private Trusted<ReleaseText> AcceptText(ReadOnlyMemory<byte> text, List<KeyFingerprint> signers, DateTimeOffset? lastSeen, DateTimeOffset now)
    {
        var fields = ReleaseFields.Read(subject.ToString(), text.Span);
        var release = new ReleaseText(text, fields.Date, fields.ValidUntil, signers, policy.Unsigned);
        RequireSuite(fields);

        // T-8: the way back is checked before expiry, so that an expired text still protects against an older one.
        RequireForward(release.Date, lastSeen);
        RequireClock(release.Date, now);
        RequireFresh(release, policy.At ?? now);
        return new Trusted<ReleaseText>(release);
    }

    // T-7: a mirror must not pass off one signed suite as another.
    private void RequireSuite(ReleaseFields fields)
    {
        var wanted = subject.Suite;
        if (wanted.EndsWith('/') || fields.Suite is null && fields.Codename is null
            || Names(wanted, fields.Suite) || Names(wanted, fields.Codename))
        {
            return;
        }

        throw new UntrustedException(
            ErrorCodes.MetadataMalformed,
            $"'{subject}' answered with the release text of suite '{fields.Suite ?? "-"}' ('{fields.Codename ?? "-"}').",
            "Write the suite's own name in the profile, or try another mirror.");

        // "bookworm/updates" is how older security suites were written: their text says "bookworm".
        static bool Names(string wanted, string? said) => said is not null && (wanted == said || wanted.StartsWith(said + "/", StringComparison.Ordinal));
    }

    private void RequireForward(DateTimeOffset date, DateTimeOffset? lastSeen)
    {
        if (date < lastSeen)
        {
            throw new UntrustedException(
                ErrorCodes.MetadataRolledBack,
                $"The release text of '{subject}' is of {date:u}, but one of {lastSeen:u} was seen before.",
                "Try another mirror; this one is out of date or lies.");
        }
    }

    private void RequireClock(DateTimeOffset date, DateTimeOffset now)
    {
        if (date - now > policy.ClockTolerance)
        {
            throw new UntrustedException(
                ErrorCodes.ClockWrong,
                $"This computer's clock says {now:u}, but the release text of '{subject}' was made on {date:u}.",
                "Set the clock.");
        }
    }

    private void RequireFresh(ReleaseText release, DateTimeOffset now)
    {
        var stated = policy.CheckValidUntil ? release.ValidUntil : null;
        var end = stated ?? release.Date + policy.MaxAge;
        if (now > end)
        {
            var rule = stated is null ? $", {policy.MaxAge.TotalDays:0} days after it was made" : "";
            throw new UntrustedException(
                ErrorCodes.MetadataExpired,
                $"The release text of '{subject}' expired on {end:u}{rule}; {(policy.At is null ? "the clock says" : "asked for was")} {now:u}.",
                "Try another mirror; if it stays expired, tell the repository's owner.");
        }
    }
}
