using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Environments.Running.Shells;
using Veridian.Engine.Profiles;
using Veridian.Engine.Running;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;
using Veridian.Store;
using Veridian.Store.Files;

namespace Veridian.Engine.Applying;

/// <summary>What makes a generation usable: its launcher, the commands of the requested packages, and its user's own files of <c>etc</c>.</summary>
internal sealed class GenerationFurniture(Workspace workspace, StoreFolder store, IStoreFiles disk, LoadedProfile loaded, LockedSelection selection, EnvironmentPlan environment)
{
    private const int MaxBytes = 4 << 20;

    // Debian, Fedora, Alpine and Arch.
    private static readonly string[] HostBundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem", "/etc/ca-certificates/extracted/tls-ca-bundle.pem"];

    private readonly EvaluatedProfile profile = loaded.Profile;

    /// <summary>Writes it into a generation's folder that is not published yet.</summary>
    public void Write(string folder, string final)
    {
        var tree = store.FolderOfEnvironment(environment.Digest);
        var (host, grants) = (HostRoot.Read("/"), workspace.Grants());
        var files = GenerationFiles.For(Text(tree, "activation/passwd"), Text(tree, "activation/group"), HostAccount.Read(), workspace.Profile.ProfilePath);
        var settings = new RunSettings
        {
            Environment = environment.Digest,
            Name = profile.Environment == ProfileEvaluator.DefaultEnvironment ? profile.Name ?? Path.GetFileName(workspace.Profile.Folder) : profile.Environment,
            EnvironmentFolder = tree,
            StoreFolder = store.Path,
            GenerationFiles = Path.Combine(final, Launcher.FilesFolder),
            Host = host,
            HasEntry = grants.RunsEntryPrograms,
            EntersItself = grants.LaunchersEnter(host),
            Bubblewrap = SandboxPrograms.FindBubblewrap(workspace.Variable("PATH") ?? "", workspace.Variable("VPKG_NATIVE")),
            Variables = profile.Variables,
            HasLocales = environment.Root.Find("usr/lib/locale") is not null,
            Shells = Launcher.Shells(environment),
            Shell = OwnShell(),
            HasTimeZones = environment.Root.Find("usr/share/zoneinfo") is not null,
            Etc = profile.Etc is null ? null : Path.Combine(final, EtcOverlay.FolderName),
            OwnEtcFiles = loaded.Etc.Select(file => Path.GetRelativePath(EtcFolder!, file.Path)).ToHashSet(StringComparer.Ordinal),
            State = profile.State is { } state ? Path.GetFullPath(state, workspace.Profile.Folder) : null,
            HostCertificates = profile.HostCertificates ? HostBundles.FirstOrDefault(File.Exists) : null,
            Program = OwnProgram.Of(Environment.ProcessPath, workspace.Variable),
            Folders = RuntimeFolder.Read(Text(tree, VolatileFolders.FileName), files["passwd"], files["group"]),
            Parts = CompositionRecord.Mounts(tree, store.FolderOfEnvironment),
        };
        if (EtcFolder is not null)
        {
            EtcOverlay.Write(folder, tree + "/etc", EtcFolder, loaded.Etc);
        }

        Launcher.Write(disk, folder, settings, Commands(), files, ShellScripts(final));
    }

    /// <summary>The shell that the profile names, as a path of the environment.</summary>
    private string? OwnShell()
    {
        if (profile.Shell is not { Value: var name, Span: var span })
        {
            return null;
        }

        var lookup = new TreeLookup(environment.Root);
        return (name.StartsWith('/') ? [name] : RunArguments.SearchPath.Split(':').Select(folder => $"{folder}/{name}"))
            .FirstOrDefault(path => TreePath.FromAbsolute(path) is { } inside && lookup.Exists(inside))
            ?? throw new InvalidInputException(
                ErrorCodes.ProfileValue, $"'shell' names '{name}', which no package of the environment brings.",
                $"Add the package that has it to [packages]: 'vpkg search {Path.GetFileName(name)}' finds it. Or drop 'shell' from [profile].", span);
    }

    private string? EtcFolder => profile.Etc is { } name ? Path.GetFullPath(name, workspace.Profile.Folder) : null;

    private Dictionary<string, string> ShellScripts(string final)
    {
        var project = new ActivatedProject
        {
            Folder = workspace.Profile.Folder,
            Commands = Path.Combine(workspace.Locations.ProjectState(workspace.Profile), "current", "bin"),
            Generation = final,
            Variables = profile.Variables,
            Lines = profile.Activate,
            TrustFile = TrustedLines.FileOf(workspace.Locations, workspace.Profile, profile.Activate),
        };
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["activate.sh"] = PosixShellText.Activate(project),
            ["activate.fish"] = FishText.Activate(project with
            {
                Lines = profile.ActivateFish,
                TrustFile = TrustedLines.FileOf(workspace.Locations, workspace.Profile, profile.ActivateFish),
            }),
        };
    }

    private IReadOnlyList<string> Commands() => Launcher.Commands(
        environment, selection.Packages.Where(package => package.Requested).Select(package => package.Name).ToHashSet(StringComparer.Ordinal));

    private static string Text(string tree, string path) => Encoding.UTF8.GetString(BoundedFile.TryRead(Path.Combine(tree, path), MaxBytes) ?? []);
}
