using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Veridian.Fetch;
using Veridian.Fetch.Metadata;
using Veridian.Testing;
using Veridian.Trust.OpenPgp;
using Veridian.Trust.Releases;

namespace Veridian.Integration.Tests.Fetch;

/// <summary>A repository's files with one index, and a verifier that believes every framing; tests change the files as an attacker would.</summary>
internal sealed class RepositoryBench : IOpenPgpVerifier, IReleaseHistory
{
    public const string Index = "main/binary-amd64/Packages.xz";

    private readonly Dictionary<ReleaseSubject, DateTimeOffset> _seen = [];

    public Dictionary<string, byte[]> Files { get; } = [];

    public DateTimeOffset Date { get; set; } = new(2026, 11, 17, 22, 33, 39, TimeSpan.Zero);

    public byte[] Packages { get; set; } = FetchBench.Content(5000);

    /// <summary>Signs a text; by default with a signature that only this bench believes.</summary>
    public Func<string, byte[]> Sign { get; set; } = text =>
        Encoding.UTF8.GetBytes($"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{text}-----BEGIN PGP SIGNATURE-----\n\nxx\n-----END PGP SIGNATURE-----\n");

    public IReadOnlyDictionary<ReleaseSubject, DateTimeOffset> Seen => _seen;

    public string ReleaseText(bool byHash = true) =>
        $"Suite: oldstable\nCodename: bookworm\nDate: {Date.ToString("R", CultureInfo.InvariantCulture).Replace("GMT", "UTC", StringComparison.Ordinal)}\n"
        + (byHash ? "Acquire-By-Hash: yes\n" : "")
        + $"SHA256:\n {Hex(Packages)} {Packages.Length} {Index}\n";

    public RepositoryBench Publish(bool byHash = true)
    {
        Files["/debian/dists/bookworm/InRelease"] = Sign(ReleaseText(byHash));
        Files["/debian/dists/bookworm/" + Index] = Packages;
        if (byHash)
        {
            Files["/debian/dists/bookworm/main/binary-amd64/by-hash/SHA256/" + Hex(Packages)] = Packages;
        }

        return this;
    }

    public LoopbackServer Serve() => new(request => LoopbackServer.Serve(Files, request));

    public RepositorySource Source(params LoopbackServer[] servers) => new(
        [.. servers.Select(server => new Uri(server.Url, "debian/"))], "bookworm", ["main"], ["amd64", "all"], [AnyKey], ReleaseTrustPolicy.Default);

    public ReleaseIndexFetcher Fetcher(FetchBench bench, IOpenPgpVerifier? verifier = null, TimeProvider? time = null, IFetcher? fetcher = null) =>
        new(fetcher ?? bench.Fetcher, bench.Downloader, bench.Cache, verifier ?? this, this, bench.Settings, time ?? new FixedTime(Date.AddDays(1)));

    public ValueTask<OpenPgpVerdict> VerifyAsync(ClearSignedMessage message, IReadOnlyList<Keyring> keyrings, CancellationToken cancellationToken)
    {
        var key = KeyFingerprint.TryParse(new string('A', 40), out var parsed) ? parsed : throw new InvalidOperationException();
        return ValueTask.FromResult(new OpenPgpVerdict([new OpenPgpSignature(key, key)], message.UnverifiedText, [], false));
    }

    public DateTimeOffset? LastSeen(ReleaseSubject subject) => _seen.TryGetValue(subject, out var date) ? date : null;

    public void Remember(ReleaseSubject subject, DateTimeOffset date) => _seen[subject] = date;

    public static string Hex(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static Keyring AnyKey => Keyring.Read("any", new byte[] { 0x99, 0, 3, 4, 0x41, 0x42 });

    public sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
