using Veridian.Debian.Control;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Profiles;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Emacs' add-on packages of an environment that has no Emacs to set them up for: they are marked as set up, and that is all.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-32.</remarks>
internal sealed class EmacsAddOns
{
    /// <summary>What it is called in records.</summary>
    public const string Effect = "emacs-packages";

    private const string Common = "emacsen-common";
    private const string State = "var/lib/emacsen-common/state/";
    private const string MarkFolder = State + "package/installed";
    private const string Programs = "usr/lib/emacsen-common";

    private readonly Dictionary<string, (EmacsTools Tools, bool Marks)> _packages;

    private EmacsAddOns(Dictionary<string, (EmacsTools Tools, bool Marks)> packages) => _packages = packages;

    /// <summary>Nothing is done natively: all scripts run.</summary>
    public static EmacsAddOns None { get; } = new([]);

    /// <summary>The path of the empty file that marks a package.</summary>
    public static string MarkOf(string package) => $"{MarkFolder}/{package}";

    /// <summary>Whether the scripts of a package may have anything to do with Emacs at all.</summary>
    public static bool Names(PackageContents contents) =>
        (contents.Script("preinst") is { } before && EmacsAddOnReader.Names(before.Span)) || (contents.Script("postinst") is { } after && EmacsAddOnReader.Names(after.Span));

    /// <summary>What the text of all scripts tells; <see cref="None"/> where one of them registers an Emacs, or does not tell.</summary>
    /// <param name="packages">All packages with their control members.</param>
    /// <param name="isEffective">Whether anything of a package's scripts is carried out, by its name.</param>
    public static EmacsAddOns Read(IReadOnlyList<(EnvironmentPackage Package, PackageContents Contents)> packages, Func<string, bool> isEffective)
    {
        var naming = packages.Where(package => isEffective(package.Package.Name) && Names(package.Contents)).ToList();
        if (naming.Count == 0)
        {
            return None;
        }

        var isThere = packages.Any(package => package.Package.Name == Common);
        var known = new Dictionary<string, (EmacsTools Tools, bool Marks)>(StringComparer.Ordinal);
        foreach (var (package, contents) in naming)
        {
            var tools = package.Name == Common ? EmacsTools.Own : isThere ? EmacsTools.Ready : EmacsTools.Missing;
            var (before, after) = (Read(contents, "preinst", ScriptCall.Install, tools, package.Name), Read(contents, "postinst", ScriptCall.Configure, tools, package.Name));
            if (before.NotUnderstood.Count > 0 || after.NotUnderstood.Count > 0 || (after.Marks && !isThere))
            {
                return None;
            }

            if (tools != EmacsTools.Ready || DependsOnCommon(package, contents))
            {
                known[package.Name] = (tools, after.Marks);
            }
        }

        return isThere && !(known.TryGetValue(Common, out var common) && common.Marks) ? None : new EmacsAddOns(known);
    }

    /// <summary>How a script of a package is read: as one whose part for Emacs is done, where it is.</summary>
    public ScriptCall CallOf(string package, ScriptCall call) => _packages.TryGetValue(package, out var known) ? EmacsAddOnReader.Knowing(call, known.Tools) : call;

    /// <summary>Whether a package is marked.</summary>
    public bool Marks(string package) => _packages.TryGetValue(package, out var known) && known.Marks;

    /// <summary>Whether the tools would do no more in a tree than mark: no Emacs is there, and no add-on of the form before 2.0, which is set up for one that is not.</summary>
    /// <param name="root">The merged tree.</param>
    /// <param name="packages">The owners of its files.</param>
    public bool FitsInto(PlannedDirectory root, IReadOnlyList<EnvironmentPackage> packages) => !_packages.ContainsKey(Common)
        || (root.Find(MarkFolder) is not null
            && root.Find(State + "flavor/installed") is { Files.Count: 0, Directories.Count: 0 }
            && root.Find(Programs) is { } programs && programs.Files.TryGetValue("emacs-package-install", out var tool)
            && tool.Entry.Kind == TreeEntryKind.ExecutableFile && packages[tool.Owner].Name == Common
            && (programs.Find("packages/install") is not { } scripts
                || (programs.Find("packages/compat") is { } compatible && scripts.Directories.Count == 0 && scripts.Files.Keys.All(compatible.Files.ContainsKey))));

    /// <summary>Puts the marks into a tree; a package's own file stays.</summary>
    public void AddTo(PlannedDirectory root)
    {
        foreach (var name in _packages.Where(package => package.Value.Marks).Select(package => package.Key))
        {
            if (root.Find(MarkFolder) is { } folder && !folder.Files.ContainsKey(name) && !folder.Directories.ContainsKey(name))
            {
                folder.Put(name, PlannedFile.Empty(MarkOf(name)));
            }
        }
    }

    private static EmacsAddOnContent Read(PackageContents contents, string script, ScriptCall call, EmacsTools tools, string package) =>
        contents.Script(script) is { } bytes ? EmacsAddOnReader.Read(bytes.Span, call, tools, package) : new EmacsAddOnContent(false, []);

    // Without that a script need not see the tools, or not configured: it tells itself what it finds.
    private static bool DependsOnCommon(EnvironmentPackage package, PackageContents contents) =>
        PackageControl.Of(package, contents, new PackagesReader(HostPlatform.Architecture)).Entry?.Depends.Any(row => row.Any(relation => relation.Name == Common)) == true;
}
