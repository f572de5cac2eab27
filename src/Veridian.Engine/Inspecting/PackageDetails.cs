using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Core.Text;
using Veridian.Debian.Control;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Engine.Syncing;
using Veridian.Solver.Indexing;

namespace Veridian.Engine.Inspecting;

/// <summary>All that is known of one package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version described.</param>
/// <param name="Architecture">Its architecture.</param>
/// <param name="Repository">Repository and suite.</param>
/// <param name="Description">One line.</param>
/// <param name="LongDescription">The rest, several lines; may be empty.</param>
/// <param name="Homepage">May be empty.</param>
/// <param name="Section">May be empty.</param>
/// <param name="Maintainer">May be empty.</param>
/// <param name="Source">The source package.</param>
/// <param name="Depends">As the repository writes it.</param>
/// <param name="Recommends">As the repository writes it.</param>
/// <param name="Provides">As the repository writes it.</param>
/// <param name="DownloadBytes">The archive's size.</param>
/// <param name="InstalledBytes">Bytes on disk as the repository states them.</param>
/// <param name="Sha256">The archive's digest as signed.</param>
/// <param name="Signers">Keys that signed the index.</param>
/// <param name="Versions">All versions of the repositories, best first.</param>
/// <param name="Installed">The version in the environment; empty where it is not in it.</param>
/// <param name="StorePath">Its object; empty where it is not in the environment.</param>
public sealed record PackageDetails(
    string Name, string Version, string Architecture, string Repository, string Description, string LongDescription, string Homepage, string Section,
    string Maintainer, string Source, string Depends, string Recommends, string Provides, long DownloadBytes, long InstalledBytes, string Sha256,
    IReadOnlyList<string> Signers, IReadOnlyList<string> Versions, string Installed, string StorePath)
{
    /// <summary>Looks a package up.</summary>
    /// <param name="workspace">Which profile.</param>
    /// <param name="spec">A name, or a spec that selects one of its versions.</param>
    /// <param name="cancellationToken">Ends the transfers, where metadata has to be fetched first.</param>
    /// <exception cref="UnsolvableException">There is no such package or version.</exception>
    public static async ValueTask<PackageDetails> FindAsync(Workspace workspace, string spec, CancellationToken cancellationToken)
    {
        var wanted = PackageSpec.Parse(spec);
        var set = wanted.Constraint.Length > 0 ? ConstraintParser.Parse(VersionScheme.Deb, wanted.Constraint, null) : null;
        using var metadata = await RepositoryMetadata.OpenAsync(workspace, cancellationToken);
        var index = metadata.Index;
        var name = index.FindName(wanted.Name.Text);
        var versions = name < 0 ? default : index.VersionsOf(name);
        if (name < 0 || versions.Start.Value == versions.End.Value)
        {
            throw NoSuch(index, name, wanted.Name.Text);
        }

        var texts = new List<string>();
        var chosen = -1;
        for (var version = versions.Start.Value; version < versions.End.Value; version++)
        {
            texts.Add(index.VersionText(version));
            chosen = chosen < 0 && (set is null || set.Contains(index.VersionText(version))) ? version : chosen;
        }

        return chosen >= 0
            ? Describe(metadata, chosen, texts, InEnvironment(workspace, wanted.Name.Text))
            : throw new UnsolvableException(ErrorCodes.NoMatchingVersion, $"No version of '{wanted.Name}' matches '{wanted.Constraint}'.", $"Choose one of: {string.Join(", ", texts)}.");
    }

    private static UnsolvableException NoSuch(PackageIndex index, int name, string text)
    {
        var providers = (name < 0 ? [] : index.ProvidersOf(name)).Select(provider => index.NameText(index.NameOf(provider.Version))).Distinct().Take(20).ToArray();
        if (providers.Length > 0)
        {
            return new UnsolvableException(ErrorCodes.NoMatchingPackage, $"No package is called '{text}'; these provide it: {string.Join(", ", providers)}.", $"Run 'vpkg info {providers[0]}'.");
        }

        var near = DidYouMean.Nearest(text, Enumerable.Range(0, index.NameCount).Select(index.NameText), 5);
        return new UnsolvableException(ErrorCodes.NoMatchingPackage, $"No package is called '{text}'.", near.Count > 0 ? $"Did you mean {string.Join(", ", near)}?" : $"Run 'vpkg search {text}'.");
    }

    private static PackageSummary? InEnvironment(Workspace workspace, string name) =>
        PackageSummary.Of(CurrentGeneration.TryRead(workspace)?.Lock.Find(workspace.Profile.Environment, HostPlatform.Name)).FirstOrDefault(package => package.Name == name);

    private static PackageDetails Describe(SyncedMetadata metadata, int version, IReadOnlyList<string> versions, PackageSummary? installed)
    {
        var (record, suite) = (metadata.RecordOf(version), metadata.SuiteOf(version));
        return new PackageDetails(
            record.Name, record.Version, record.Architecture, suite.Key, record.Summary, Rest(record), record.Homepage, record.Section,
            record.Maintainer, record.Source.Length > 0 ? record.Source : record.Name, Join(record.PreDepends, record.Depends), record.Recommends, record.Provides,
            record.Size, record.InstalledBytes, record.Sha256.ToString(), suite.Signers, versions, installed?.Version ?? "", installed?.StorePath ?? "");
    }

    private static string Rest(PackageRecord record) => record.Description == record.Summary ? "" : record.Description;

    private static string Join(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : $"{first}, {second}";
}
