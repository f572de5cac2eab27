using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Formats.Profile;
using Veridian.Store;

namespace Veridian.Engine.Environments.Planning;

/// <summary>What an environment will look like: every path with its owner. Nothing has been written yet.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-2 to E-8.</remarks>
public sealed record EnvironmentPlan
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

    /// <summary>Numbers of packages of which something has another place than they give it, or none, or is another one's too. All else of packages is where they have it.</summary>
    public required IReadOnlySet<int> Disturbed { get; init; }

    /// <summary>What packages divert.</summary>
    public required IReadOnlyList<Diversion> Diversions { get; init; }

    /// <summary>Files of packages that lie outside <c>usr etc var opt srv</c> and are left out.</summary>
    public required IReadOnlyList<string> Omitted { get; init; }

    /// <summary>What each package offers as alternatives, in the order of <see cref="Packages"/>.</summary>
    public required IReadOnlyList<AlternativesContent> Alternatives { get; init; }

    /// <summary>What packages register in XML catalogues, in the order of their names; null where the program of the environment does that.</summary>
    public required IReadOnlyList<XmlCatalogEntry>? XmlCatalogs { get; init; }

    /// <summary>Numbers of Emacs' add-on packages that are marked as set up natively, in order.</summary>
    internal IReadOnlyList<int> EmacsAddOns { get; private init; } = [];

    /// <summary>What PHP's packages do, by their names; null where their scripts do it.</summary>
    public required IReadOnlyDictionary<string, PhpModuleContent>? PhpModules { get; init; }

    /// <summary>What is done and not done in the place of maintainer scripts, one for each package.</summary>
    public required IReadOnlyList<ActivationRecord> Records { get; init; }

    /// <summary>Certificates beside those of packages.</summary>
    public required IReadOnlyList<ExtraCertificate> ExtraCertificates { get; init; }

    /// <summary>What happens to the scripts that have no native counterpart.</summary>
    public required ScriptPolicy Scripts { get; init; }

    /// <summary>Packages whose scripts do not run although those of others do.</summary>
    public required IReadOnlySet<string> WithoutScripts { get; init; }

    /// <summary>What is in each package, in the order of <see cref="Packages"/>.</summary>
    public required IReadOnlyList<PackageContents> Contents { get; init; }

    /// <summary>What scripts have done; empty in a plan of which nothing has been carried out.</summary>
    internal ActivationLayer Layer { get; private init; } = ActivationLayer.Empty;

    private IReadOnlyList<string> AlternativeLinks { get; init; } = [];

    /// <summary>Merges the packages of a request.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="contents">Gives what is in a package; asked once for each, from several threads.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.FileConflict"/>, naming all conflicts.</exception>
    public static EnvironmentPlan Create(EnvironmentRequest request, Func<EnvironmentPackage, PackageContents> contents)
    {
        var packages = request.Packages.OrderBy(package => package.Name, StringComparer.Ordinal).ToArray();
        var all = AllCores.Select(packages, contents);
        List<Diversion> diversions = [.. packages.Zip(all).SelectMany(pair => ReadDiversions(pair.First, pair.Second))];
        var merge = new FileMerge(packages, request.FileRules, diversions);
        NativeEffects? effects = null;
        AllCores.Both(() => merge.AddAll(all), () => effects = NativeEffects.Of(request, packages, all));
        if (merge.Conflicts.Count > 0)
        {
            throw FileConflict.Error(merge.Conflicts);
        }

        StandardTree.AddTo(merge.Root, merge.Disturbed);
        if (!effects!.EmacsAddOns.FitsInto(merge.Root, packages))
        {
            effects = NativeEffects.Of(request, packages, all, withAddOns: false);
        }

        var (alternatives, catalogs, php, addOns, records) = effects;
        addOns.AddTo(merge.Root);
        return new EnvironmentPlan
        {
            Digest = request.Digest(),
            Packages = packages,
            Root = merge.Root,
            Contested = merge.Contested,
            Disturbed = merge.Disturbed,
            Diversions = diversions,
            Omitted = merge.Omitted,
            Alternatives = alternatives,
            XmlCatalogs = catalogs,
            EmacsAddOns = [.. packages.Index().Where(package => addOns.Marks(package.Item.Name)).Select(package => package.Index)],
            PhpModules = php,
            Records = records,
            ExtraCertificates = request.ExtraCertificates,
            Scripts = request.Scripts,
            WithoutScripts = request.WithoutScripts.ToHashSet(StringComparer.Ordinal),
            Contents = all,
            AlternativeLinks = AddAlternatives(merge.Root, alternatives),
        };
    }

    /// <summary>This plan after scripts have run. Its tree is changed in place: the plan before must not be used any more.</summary>
    internal EnvironmentPlan With(ActivationLayer layer)
    {
        List<Diversion> told = [.. layer.Diversions.Except(Diversions)];
        told.ForEach(Divert);
        foreach (var changes in layer.Changes)
        {
            changes.ApplyTo(Root);
        }

        var ran = layer.Ran.ToLookup(script => script.Package, StringComparer.Ordinal);
        return WithOffers(layer.Offers) with
        {
            Layer = layer,
            Diversions = [.. Diversions, .. told],
            Records = [.. Records.Select(record => WithoutScripts.Contains(record.Package) ? record : record.With(ran[record.Package]))],
        };
    }

    /// <summary>Moves another package's file away from a path that a script has diverted.</summary>
    private void Divert(Diversion diversion)
    {
        if (Root.Find(TreePath.Parent(diversion.Path)) is { } from && from.Files.TryGetValue(TreePath.Name(diversion.Path), out var file)
            && file.Owner >= 0 && Packages[file.Owner].Name != diversion.Package && Root.Find(TreePath.Parent(diversion.NewPath)) is { } to)
        {
            from.RemoveFile(TreePath.Name(diversion.Path));
            to.Put(TreePath.Name(diversion.NewPath), file.At(diversion.NewPath));
        }
    }

    /// <summary>This plan with alternatives that scripts offer beside those in the text of packages. Its tree is changed in place.</summary>
    internal EnvironmentPlan WithOffers(IReadOnlyDictionary<string, IReadOnlyList<Alternative>> offers)
    {
        foreach (var path in AlternativeLinks)
        {
            Root.Find(TreePath.Parent(path))?.RemoveFile(TreePath.Name(path));
        }

        AlternativesContent[] alternatives = [.. Packages.Zip(Alternatives).Select(pair => offers.TryGetValue(pair.First.Name, out var more)
            ? pair.Second with { Understood = [.. pair.Second.Understood, .. more] }
            : pair.Second)];
        return this with { Alternatives = alternatives, AlternativeLinks = AddAlternatives(Root, alternatives) };
    }

    internal static IReadOnlyList<Diversion> ReadDiversions(EnvironmentPackage package, PackageContents contents) =>
        contents.Script("preinst") is { } script ? Diversion.Read(package.Name, script.Span, contents.Entries) : [];

    /// <returns>The paths of the links made.</returns>
    private static List<string> AddAlternatives(PlannedDirectory root, IReadOnlyList<AlternativesContent> alternatives)
    {
        var made = new List<string>();
        var lookup = new TreeLookup(root);
        foreach (var (path, target) in AlternativeChoice.Links(alternatives.SelectMany(content => content.Understood), lookup.Exists))
        {
            // A package's own file at the place of a link stays: dpkg's tool refuses to overwrite it, too.
            if (root.TryAdd(PlannedFile.Link(path, target)))
            {
                made.Add(path);
            }
        }

        return made;
    }
}
