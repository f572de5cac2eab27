using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;
using Veridian.Store;
using Veridian.Store.Manifests;

namespace Veridian.Engine.Applying;

/// <summary>Which packages' own scripts an apply will run, as far as that is known before it.</summary>
/// <param name="Run">Names of changed packages whose scripts run, in order; those that another run's outcome stands for are among them.</param>
/// <param name="Unread">How many changed packages are not in the store yet: whether they have scripts is not known.</param>
/// <remarks>Source: <c>spec/cli.md</c> CL-37.</remarks>
public sealed record ScriptForecast(IReadOnlyList<string> Run, int Unread)
{
    /// <summary>No script runs.</summary>
    public static ScriptForecast None { get; } = new([], 0);

    /// <summary>Reads the scripts of the packages that a plan brings.</summary>
    /// <param name="store">Where those that are there lie.</param>
    /// <param name="profile">What it says of scripts.</param>
    /// <param name="selection">All packages.</param>
    /// <param name="changes">What is new among them.</param>
    internal static ScriptForecast Of(StoreFolder store, EvaluatedProfile profile, LockedSelection selection, IReadOnlyList<PackageChange> changes)
    {
        var choice = ScriptChoice.Of(profile, selection.Packages.Select(package => package.Name));
        if (choice.Scripts != ScriptPolicy.Run)
        {
            return None;
        }

        var changed = changes.Where(change => change.NewVersion is not null).Select(change => change.Name).Except(choice.WithoutScripts).ToHashSet(StringComparer.Ordinal);
        LockedPackage[] fresh = [.. selection.Packages.Where(package => changed.Contains(package.Name))];
        // Nothing keeps them yet: a gc may remove any of them at any moment.
        ControlData?[] read = AllCores.Select(fresh, Read);
        var known = Known(fresh, read);
        // Whether scripts of PHP's and Emacs' packages run depends on all packages: they are looked at where a changed one asks.
        var all = known.Any(package => NamesOthers(package.Contents)) ? Known(selection.Packages, AllCores.Select(selection.Packages, Read)) : known;
        var php = PhpModules.Read(all.Where(package => IsEffective(package.Package.Name)).Select(package => (package.Package.Name, package.Contents)));
        var addOns = EmacsAddOns.Read(all, IsEffective);
        return new ScriptForecast(
            [.. known.Where(package => Runs(package, php?.GetValueOrDefault(package.Package.Name), addOns)).Select(package => package.Package.Name).Order(StringComparer.Ordinal)],
            read.Count(control => control is null));

        ControlData? Read(LockedPackage package) => package.Store is { } path && store.Exists(path) ? store.TryReadControl(path) : null;

        bool IsEffective(string name) => !choice.WithoutEffects.Contains(name);
    }

    private static bool Runs((EnvironmentPackage Package, PackageContents Contents) package, PhpModuleContent? php, EmacsAddOns addOns)
    {
        var record = ActivationRecord.Of(
            package.Package, package.Contents, NativeEffects.ReadAlternatives(package.Contents, php), new HashSet<string>(), XmlCatalogs.Read([package.Contents]) is not null, php, addOns);
        return record.Skipped.Any(script => script.Name is "preinst" or "postinst");
    }

    private static bool NamesOthers(PackageContents contents) =>
        EmacsAddOns.Names(contents) || (contents.Script("postinst") is { } script && PhpModuleReader.IsNamedIn(script.Span));

    private static (EnvironmentPackage Package, PackageContents Contents)[] Known(IReadOnlyList<LockedPackage> packages, ControlData?[] read) =>
        [.. packages.Zip(read).Where(pair => pair.Second is not null).Select(pair => (Package(pair.First), Contents(pair.Second!)))];

    private static EnvironmentPackage Package(LockedPackage package) => new() { Name = package.Name, Version = package.Version, Object = package.Store! };

    private static PackageContents Contents(ControlData control) => new([], control.Members.ToDictionary(member => member.Name, member => member.Bytes));
}
