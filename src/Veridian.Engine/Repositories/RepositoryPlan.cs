using System.Globalization;
using Veridian.Core.Errors;
using Veridian.Debian.Sources;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;
using Veridian.Fetch.Metadata;
using Veridian.Trust.OpenPgp;
using Veridian.Trust.Releases;

namespace Veridian.Engine.Repositories;

/// <summary>Which suites a profile draws from, with URLs and keys.</summary>
/// <param name="Suites">Every suite, in the profile's order.</param>
/// <param name="Ignored">Sentences about entries of the host that were not used, for one notice.</param>
public sealed record RepositoryPlan(IReadOnlyList<SuiteSource> Suites, IReadOnlyList<string> Ignored)
{
    /// <summary>The time whose state is asked for; null for the present.</summary>
    public DateTimeOffset? AsOf { get; private init; }

    /// <summary>The same, with the addresses that a lock names tried after its own: what was locked from an earlier state lies only there.</summary>
    public RepositoryPlan Reaching(IEnumerable<LockedSnapshot> snapshots) => this with { Locked = [.. snapshots.Where(snapshot => snapshot.Url.Length > 0)] };

    private IReadOnlyList<LockedSnapshot> Locked { get; init; } = [];

    /// <summary>Matches the profile's repositories with the host's entries (decision 12).</summary>
    /// <param name="profile">The evaluated profile.</param>
    /// <param name="configured">Repositories of the user's configuration, for a profile without any; where there are none either, the host's own release is meant.</param>
    /// <param name="folder">The profile's folder, for relative paths of key files.</param>
    /// <param name="host">The host's configuration.</param>
    /// <param name="architecture">Debian's word for it, <c>amd64</c>.</param>
    /// <param name="asOf">The time whose state is asked for (S-25); null for the present.</param>
    /// <exception cref="InvalidInputException">A repository names a key file that cannot be read.</exception>
    /// <exception cref="UnavailableException">Nothing is configured.</exception>
    /// <exception cref="UntrustedException">A repository has neither key nor <c>trust = "unsigned"</c>.</exception>
    public static RepositoryPlan Make(EvaluatedProfile profile, IReadOnlyList<ProfileRepository> configured, string folder, HostDebian host, string architecture,
        DateTimeOffset? asOf)
    {
        var declared = profile.Repositories.Count > 0 ? profile.Repositories : configured;
        var repositories = declared.Count > 0 ? [.. declared.Where(repository => repository.Enabled)] : (ProfileRepository[])[HostRelease(host)];

        var suites = new List<SuiteSource>();
        foreach (var repository in repositories.Where(repository => repository.Architectures.Count == 0 || repository.Architectures.Contains(architecture)))
        {
            foreach (var suite in repository.Suites)
            {
                suites.Add(repository.Url is null ? FromHost(repository, suite, folder, host, architecture, asOf) : FromProfile(repository, suite, folder, architecture, asOf));
            }
        }

        return suites.Count > 0
            ? new RepositoryPlan(suites, suites.Exists(suite => suite.FromHost) ? Unused(host, suites) : []) { AsOf = asOf }
            : throw new UnavailableException(ErrorCodes.NoRepository, "Every repository of the profile is disabled, or for other architectures.", "Enable one, or add a [[repository]] to the profile.");
    }

    /// <summary>The URLs of a suite; none where the plan does not know it.</summary>
    public IReadOnlyList<Uri> UrlsOf(string key) =>
        [.. (Suites.FirstOrDefault(suite => suite.Key == key)?.Source.Urls ?? []).Concat(Locked.Where(snapshot => $"{snapshot.Repository}/{snapshot.Suite}" == key).Select(snapshot => Url(snapshot.Url))).Distinct()];

    private static ProfileRepository HostRelease(HostDebian host)
    {
        var release = host.Codename;
        string[] wanted = [release, $"{release}-updates", $"{release}-security"];
        var present = wanted.Where(suite => host.Sources.Any(source => source.Suites.Contains(suite))).ToArray();
        return present.Length > 0 && release.Length > 0
            ? new ProfileRepository { Name = "debian", Kind = "debian", Suites = present, Span = new SourceSpan("the host's apt sources", 0, 0) }
            : throw new UnavailableException(ErrorCodes.NoRepository,
                "The profile names no repository and this machine has no Debian sources.",
                "Add a [[repository]] with kind = \"debian\", url, suites and signed-by to the profile.");
    }

    private static SuiteSource FromHost(ProfileRepository repository, string suite, string folder, HostDebian host, string architecture, DateTimeOffset? asOf)
    {
        var matching = host.Sources
            .Where(source => source.Suites.Contains(suite) && source.Components.Intersect(repository.Components).Any() && Serves(source, architecture))
            .ToArray();
        if (matching.Length == 0)
        {
            throw new UnavailableException(ErrorCodes.NoRepository,
                $"Repository '{repository.Name}' wants suite '{suite}', and no apt source of this machine has it ({repository.Span}).",
                "Give the repository a 'url' and a 'signed-by', or correct its suites.");
        }

        var urls = matching.SelectMany(source => source.Uris).Distinct().Select(Url).ToArray();
        var keyrings = repository.SignedBy is { } named ? [KeyFile(repository, named, folder)] : matching.SelectMany(source => host.KeyringsOf(source.SignedBy)).ToArray();
        return Make(repository, suite, architecture, urls, keyrings, fromHost: true, asOf);
    }

    private static SuiteSource FromProfile(ProfileRepository repository, string suite, string folder, string architecture, DateTimeOffset? asOf)
    {
        Keyring[] keyrings = repository.SignedBy is { } named ? [KeyFile(repository, named, folder)] : [];
        return Make(repository, suite, architecture, [Url(repository.Url!)], keyrings, fromHost: false, asOf);
    }

    // P-6: relative to the file that names it, wherever the command was started.
    private static Keyring KeyFile(ProfileRepository repository, string path, string folder)
    {
        var full = Path.Combine(folder, Path.GetDirectoryName(repository.Span.File) ?? "", path);
        return BoundedFile.TryRead(full, Keyring.MaxBytes) is { Length: > 0 } bytes
            ? Keyring.Read(path, bytes)
            : throw new InvalidInputException(ErrorCodes.ProfileValue,
                $"The key file '{path}' of repository '{repository.Name}' cannot be read.", "Correct 'signed-by'.", repository.Span);
    }

    private static SuiteSource Make(
        ProfileRepository repository, string suite, string architecture, IReadOnlyList<Uri> urls, IReadOnlyList<Keyring> keyrings, bool fromHost,
        DateTimeOffset? asOf)
    {
        // C-05: fail closed.
        if (keyrings.Count == 0 && !repository.Unsigned)
        {
            throw new UntrustedException(ErrorCodes.RepositoryUntrusted,
                $"Repository '{repository.Name}' has no key to check its signatures with ({repository.Span}).",
                "Name its public key with 'signed-by', or write trust = \"unsigned\" if you really mean it.");
        }

        var policy = new ReleaseTrustPolicy
        {
            Unsigned = repository.Unsigned,
            CheckValidUntil = repository.CheckValidUntil,
            MaxAge = repository.MaxAgeDays is { } days ? TimeSpan.FromDays(days) : ReleaseTrustPolicy.DefaultMaxAge,
        };
        var source = new RepositorySource(urls, suite, repository.Components, [architecture, "all"], keyrings, policy);
        return new SuiteSource(repository.Name, suite, repository.Priority, fromHost, Earlier(repository, source, asOf)) { Live = source.Subject };
    }

    /// <summary>S-25: the state of that time, where the repository has an address for it.</summary>
    private static RepositorySource Earlier(ProfileRepository repository, RepositorySource source, DateTimeOffset? asOf) => asOf is { } time && repository.Snapshot is { } address
        ? source with
        {
            Urls = [Url(address.Replace(ProfileRepository.TimeMark, time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), StringComparison.Ordinal))],
            Policy = source.Policy with { At = time },
        }
        : source;

    private static bool Serves(AptSource source, string architecture) => source.Architectures.Count == 0 || source.Architectures.Contains(architecture);

    private static Uri Url(string text) => Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var url)
        ? url
        : throw new InvalidInputException(ErrorCodes.ProfileValue, $"'{text}' is no URL.", "Write an http, https or file URL.");

    private static List<string> Unused(HostDebian host, List<SuiteSource> suites)
    {
        var used = suites.Where(suite => suite.FromHost).Select(suite => suite.Suite).ToHashSet();
        var ignored = host.Ignored.Select(entry => $"{entry.Place}: {entry.Reason}").ToList();
        ignored.AddRange(host.Sources.Where(source => !source.Suites.Any(used.Contains)).Select(source => $"{source.Place}: suites {string.Join(' ', source.Suites)}"));
        return ignored;
    }
}
