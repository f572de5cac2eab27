using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Activation;

namespace Veridian.Engine.Environments.Planning;

/// <summary>What an environment will look like: every path with its owner. Nothing has been written yet.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-2 to E-8.</remarks>
public sealed class EnvironmentPlan
{
    private EnvironmentPlan()
    {
    }

    /// <summary>The environment's identity.</summary>
    public required Blake3Digest Digest { get; init; }

    /// <summary>Its packages by name; owners in <see cref="Root"/> are numbers in this list.</summary>
    public required IReadOnlyList<EnvironmentPackage> Packages { get; init; }

    /// <summary>The merged tree, links of alternatives included; files that activation writes into <c>etc</c> are not in it.</summary>
    public required PlannedDirectory Root { get; init; }

    /// <summary>Paths that more than one package brings.</summary>
    public required IReadOnlySet<string> Contested { get; init; }

    /// <summary>What packages divert.</summary>
    public required IReadOnlyList<Diversion> Diversions { get; init; }

    /// <summary>Files of packages that lie outside <c>usr etc var opt srv</c> and are left out.</summary>
    public required IReadOnlyList<string> Omitted { get; init; }

    /// <summary>What each package offers as alternatives, in the order of <see cref="Packages"/>.</summary>
    public required IReadOnlyList<AlternativesContent> Alternatives { get; init; }

    /// <summary>What is done and not done in the place of maintainer scripts, for packages that have any.</summary>
    public required IReadOnlyList<ActivationRecord> Records { get; init; }

    /// <summary>Certificates beside those of packages.</summary>
    public required IReadOnlyList<ExtraCertificate> ExtraCertificates { get; init; }

    /// <summary>Merges the packages of a request.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="contents">Gives what is in a package; asked once for each, from several threads.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.FileConflict"/>, naming all conflicts.</exception>
    public static EnvironmentPlan Create(EnvironmentRequest request, Func<EnvironmentPackage, PackageContents> contents)
    {
        var packages = request.Packages.OrderBy(package => package.Name, StringComparer.Ordinal).ToArray();
        var all = packages.AsParallel().AsOrdered().Select(contents).ToArray();
        List<Diversion> diversions = [.. packages.Zip(all).SelectMany(pair => ReadDiversions(pair.First, pair.Second))];
        var merge = new FileMerge(packages, request.FileRules, diversions);
        for (var i = 0; i < packages.Length; i++)
        {
            merge.Add(i, all[i].Entries);
        }

        if (merge.Conflicts.Count > 0)
        {
            throw FileConflict.Error(merge.Conflicts);
        }

        StandardTree.AddTo(merge.Root);
        var alternatives = all.AsParallel().AsOrdered().Select(ReadAlternatives).ToArray();
        AddAlternatives(merge.Root, alternatives);
        return new EnvironmentPlan
        {
            Digest = request.Digest(),
            Packages = packages,
            Root = merge.Root,
            Contested = merge.Contested,
            Diversions = diversions,
            Omitted = merge.Omitted,
            Alternatives = alternatives,
            Records = [.. packages.Zip(all, alternatives).Select(package => ActivationRecord.Of(package.First, package.Second, package.Third)).Where(record => !record.IsEmpty)],
            ExtraCertificates = request.ExtraCertificates,
        };
    }

    internal static IReadOnlyList<Diversion> ReadDiversions(EnvironmentPackage package, PackageContents contents) =>
        contents.Script("preinst") is { } script ? Diversion.Read(package.Name, script.Span) : [];

    internal static AlternativesContent ReadAlternatives(PackageContents contents) =>
        contents.Script("postinst") is { } script && script.Span.IndexOf("update-alternatives"u8) >= 0
            ? AlternativesReader.Read(script.Span)
            : new AlternativesContent([], []);

    private static void AddAlternatives(PlannedDirectory root, IReadOnlyList<AlternativesContent> alternatives)
    {
        var lookup = new TreeLookup(root);
        foreach (var (path, target) in AlternativeChoice.Links(alternatives.SelectMany(content => content.Understood), lookup.Exists))
        {
            var at = root;
            foreach (var name in TreePath.Parent(path).Split('/'))
            {
                at = at?.Enter(name, PlannedDirectory.Activation);
            }

            var file = TreePath.Name(path);
            // A package's own file at the place of a link stays: dpkg's tool refuses to overwrite it, too.
            if (at is not null && !at.Files.ContainsKey(file) && !at.Directories.ContainsKey(file))
            {
                at.Put(file, PlannedFile.Link(path, target));
            }
        }
    }
}
