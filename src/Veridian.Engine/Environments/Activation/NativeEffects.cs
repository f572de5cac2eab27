using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Activation;

/// <summary>What the text of packages' scripts tells, so that it is done without them.</summary>
/// <param name="Alternatives">What each package offers as alternatives, in the order of the packages.</param>
/// <param name="XmlCatalogs">What packages register in XML catalogues; null where the program of the environment does that.</param>
/// <param name="PhpModules">What PHP's packages do, by their names; null where their scripts do it.</param>
/// <param name="EmacsAddOns">What is known of Emacs' add-on packages.</param>
/// <param name="Records">What is done and not done in the place of scripts, one for each package.</param>
internal sealed record NativeEffects(
    IReadOnlyList<AlternativesContent> Alternatives,
    IReadOnlyList<XmlCatalogEntry>? XmlCatalogs,
    IReadOnlyDictionary<string, PhpModuleContent>? PhpModules,
    EmacsAddOns EmacsAddOns,
    IReadOnlyList<ActivationRecord> Records)
{
    /// <summary>Reads the scripts of an environment's packages; nothing is read of those that the request leaves out.</summary>
    /// <param name="request">What is made.</param>
    /// <param name="packages">Its packages, by name.</param>
    /// <param name="all">What is in them, in the same order.</param>
    /// <param name="withAddOns">False where the scripts of Emacs' add-on packages have to run in any case.</param>
    public static NativeEffects Of(EnvironmentRequest request, IReadOnlyList<EnvironmentPackage> packages, IReadOnlyList<PackageContents> all, bool withAddOns = true)
    {
        var without = request.WithoutEffects.ToHashSet(StringComparer.Ordinal);
        (string Name, PackageContents Contents)[] read = [.. packages.Zip(all).Where(pair => IsEffective(pair.First.Name)).Select(pair => (pair.First.Name, pair.Second))];
        var catalogs = Activation.XmlCatalogs.Read(read.Select(package => package.Contents));
        var php = Activation.PhpModules.Read(read);
        var addOns = withAddOns ? Activation.EmacsAddOns.Read([.. packages.Zip(all)], IsEffective) : Activation.EmacsAddOns.None;
        AlternativesContent[] alternatives = [.. packages.Index().Select(package => IsEffective(package.Item.Name) ? ReadAlternatives(all[package.Index], php?.GetValueOrDefault(package.Item.Name)) : new AlternativesContent([], []))];
        var awaited = packages.Zip(all).Where(pair => php?.ContainsKey(pair.First.Name) != true).SelectMany(pair => ReadInterests(pair.Second)).ToHashSet(StringComparer.Ordinal);
        return new NativeEffects(alternatives, catalogs, php, addOns, [.. packages.Index().Select(package =>
            ActivationRecord.Of(package.Item, all[package.Index], alternatives[package.Index], awaited, catalogs is not null && IsEffective(package.Item.Name), php?.GetValueOrDefault(package.Item.Name), addOns))]);

        bool IsEffective(string name) => request.Scripts != ScriptPolicy.None && !without.Contains(name);
    }

    /// <summary>What one package offers as alternatives.</summary>
    /// <param name="contents">What is in it.</param>
    /// <param name="php">What it does for PHP, where that is done natively: then it is known of it what it offers.</param>
    public static AlternativesContent ReadAlternatives(PackageContents contents, PhpModuleContent? php) =>
        php is not null ? new AlternativesContent(php.Alternatives, [])
        : contents.Script("postinst") is { } script && script.Span.IndexOf("update-alternatives"u8) >= 0 ? AlternativesReader.Read(script.Span)
        : new AlternativesContent([], []);

    private static IReadOnlyList<string> ReadInterests(PackageContents contents) => contents.Script("triggers") is { } lines ? TriggerLines.Read(lines.Span).Interests : [];
}
