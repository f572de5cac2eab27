using Veridian.Build.Sandbox;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Planning;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Running;

/// <summary>How the root of a running environment is composed and which variables it starts with: pure, the same for every command.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-17 to E-20.</remarks>
public static class RunArguments
{
    /// <summary>PATH inside.</summary>
    public const string SearchPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/games:/run/vpkg/bin";

    /// <summary>Where the host's whole root is seen inside.</summary>
    public const string HostFolder = "/run/host";

    /// <summary>Folders of the host with the sockets of the session and of the system bus.</summary>
    internal static IReadOnlyList<string> Sockets { get; } = ["/run/dbus", "/run/user"];

    /// <summary>Where the host's certificates are seen inside, if the profile asks for them.</summary>
    public const string CertificateBundle = "/run/vpkg/ca-certificates.crt";

    // What the common libraries look at before their own place; each ignores the variables of the others.
    private static readonly string[] CertificateVariables = ["CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"];

    /// <summary>Variables that name the host's certificates.</summary>
    internal static IReadOnlyList<string> CertificateNames => CertificateVariables;

    private static readonly string[] Shadowed = ["usr", "etc", "opt", "srv", "var"];
    private static readonly string[] Merged = ["bin", "lib", "lib32", "lib64", "libx32", "sbin"];
    private static readonly string[] Special = ["dev", "lost+found", "proc", "run"];

    // Each of them would make programs of the environment load or find things of the host.
    private static readonly string[] Dropped = ["LD_LIBRARY_PATH", "LD_PRELOAD", "LD_AUDIT"];

    private static readonly string[] LocaleVariables =
    [
        "LANGUAGE", "LC_ALL", "LC_ADDRESS", "LC_COLLATE", "LC_CTYPE", "LC_IDENTIFICATION", "LC_MEASUREMENT", "LC_MESSAGES",
        "LC_MONETARY", "LC_NAME", "LC_NUMERIC", "LC_PAPER", "LC_TELEPHONE", "LC_TIME",
    ];

    /// <summary>The steps of the root, in order.</summary>
    public static IReadOnlyList<SandboxMount> Root(RunSettings settings)
    {
        List<SandboxMount> mounts = [.. IsMerged(settings.Host) ? OverHost() : FromParts(settings.Host)];
        mounts.AddRange(Environment(settings).Select(bind => bind.Below is null ? bind.Bind : throw NotLayered(settings)));
        mounts.Add(new SandboxMount.Tmpfs("/run"));
        mounts.AddRange(StandardTree.Volatile.Select(name => new SandboxMount.Directory("/run/var/" + name)));
        mounts.Add(new SandboxMount.Directory("/run/lock"));
        mounts.AddRange(Folders(settings).Select(folder => new SandboxMount.Directory(folder.Path)));
        mounts.AddRange(Sockets.Select(path => new SandboxMount.Bind(path, path, BindAccess.ReadWrite, Optional: true)));
        mounts.Add(new SandboxMount.Bind(settings.GenerationFiles, StandardFiles.GenerationFolder));
        mounts.Add(new SandboxMount.Bind("/", HostFolder, BindAccess.Devices));
        mounts.AddRange(FromHost(settings).Select(file => new SandboxMount.Bind(file.Source, file.Target, Optional: true)));
        // E-19: last, so that no other bind leads to the store's files in a writable way.
        if (!IsHidden(settings.StoreFolder))
        {
            mounts.Add(new SandboxMount.Bind(settings.StoreFolder, settings.StoreFolder));
        }

        mounts.Add(new SandboxMount.Bind(settings.StoreFolder, HostFolder + settings.StoreFolder));
        return mounts;
    }

    /// <summary>What of the environment lies where, in order.</summary>
    internal static IEnumerable<(SandboxMount.Bind Bind, string? Below)> Environment(RunSettings settings)
    {
        foreach (var (path, source, below) in Parts(settings))
        {
            yield return path == "etc" && settings.Etc is not null ? (new SandboxMount.Bind(settings.Etc, "/etc"), null)
                : path == "var" && settings.State is not null ? (new SandboxMount.Bind(settings.State, "/var", BindAccess.ReadWrite), null)
                : (new SandboxMount.Bind(source, "/" + path), below);
        }
    }

    private static InvalidOperationException NotLayered(RunSettings settings) => new($"Environment {settings.Environment} is layered, which bubblewrap cannot show (E-69).");

    /// <summary>Where the parts of a tree lie that make up <c>/var</c>, in order, each with its path below it.</summary>
    internal static IEnumerable<(string Path, string Source)> StateSources(RunSettings settings) =>
        AllParts(settings).Where(part => part.Path == "var" || part.Path.StartsWith("var/", StringComparison.Ordinal)).Select(part => (part.Path[3..], part.Source));

    /// <summary>The directories that are made at every start, where they really lie; those of a kept <c>/var</c> are not among them.</summary>
    internal static IEnumerable<RuntimeFolder> Folders(RunSettings settings) => settings.Folders
        .Where(folder => settings.State is null || !IsInVar(folder)).Select(folder => IsInVar(folder) ? folder with { Path = "/run" + folder.Path } : folder);

    /// <summary>Those of a kept <c>/var</c>, with their paths below it.</summary>
    internal static IEnumerable<string> KeptFolders(RunSettings settings) => settings.Folders.Where(IsInVar).Select(folder => folder.Path[(RuntimeFolder.Variable.Length - 1)..]);

    private static bool IsInVar(RuntimeFolder folder) => folder.Path.StartsWith(RuntimeFolder.Variable, StringComparison.Ordinal);

    /// <summary>Files of the host that lie over those of the environment, where both have them.</summary>
    internal static IEnumerable<(string Source, string Target)> FromHost(RunSettings settings)
    {
        var files = StandardFiles.FromHost.Where(name => !settings.OwnEtcFiles.Contains(name)).Select(name => ("/etc/" + name, "/etc/" + name));
        return settings.HostCertificates is { } bundle ? files.Append((bundle, CertificateBundle)).Append((bundle, "/etc/ssl/certs/ca-certificates.crt")) : files;
    }

    private static IEnumerable<PlacedPart> AllParts(RunSettings settings) =>
        settings.Parts.Count == 0 ? Shadowed.Select(name => new PlacedPart(name, $"{settings.EnvironmentFolder}/{name}")) : settings.Parts;

    /// <summary>Those that are mounted: a kept <c>/var</c> is one place, whatever it was put together from.</summary>
    private static IEnumerable<PlacedPart> Parts(RunSettings settings) =>
        AllParts(settings).Where(part => settings.State is null || !part.Path.StartsWith("var/", StringComparison.Ordinal));

    /// <summary>Whether a path of the host cannot be seen in an environment.</summary>
    internal static bool IsHidden(string path) => Shadowed.Append("run").Any(name => path.StartsWith($"/{name}/", StringComparison.Ordinal));

    /// <summary>The arguments for bubblewrap that compose the root.</summary>
    public static IReadOnlyList<string> Mounts(RunSettings settings) => [.. Root(settings).SelectMany(SandboxArguments.Of)];

    /// <summary>Variables of the caller that the command does not see.</summary>
    public static IReadOnlyList<string> Unset(RunSettings settings) => settings.HasLocales ? Dropped : [.. Dropped, .. LocaleVariables];

    /// <summary>Variables of the command with their values as words of the shell, host variables still to be filled in.</summary>
    public static IReadOnlyList<(string Name, string Word)> Set(RunSettings settings) =>
    [
        ("LANG", settings.HasLocales ? "\"${LANG:-C.UTF-8}\"" : "C.UTF-8"),
        ("VPKG_HOST_PATH", "\"${VPKG_HOST_PATH-$PATH}\""),
        ("PATH", SearchPath),
        ("TERMINFO_DIRS", $"\"${{TERMINFO_DIRS-}}:{HostFolder}/etc/terminfo:{HostFolder}/usr/lib/terminfo:{HostFolder}/usr/share/terminfo\""),
        .. settings.HasTimeZones ? Array.Empty<(string, string)>() : [("TZDIR", HostFolder + "/usr/share/zoneinfo")],
        .. settings.HostCertificates is null ? [] : CertificateVariables.Select(name => (name, CertificateBundle)),
        ("VPKG_ENV", LaunchScript.Quote(settings.Name)),
        ("VPKG_ENV_DIGEST", settings.Environment.ToString()),
        .. settings.Variables.Select(variable => (variable.Name, Word(variable))),
    ];

    /// <summary>The value of a variable as a word of the shell.</summary>
    internal static string Word(EvaluatedVariable variable) => variable.Parts.Count == 0 ? "''" : string.Concat(variable.Parts.Select(Word));

    private static string Word(VariablePart part) => part.IsHostVariable ? $"\"${{{part.Text}-}}\"" : LaunchScript.Quote(part.Text);

    /// <summary>Whether the host's top level has the shape of a merged tree: then its own root is the base, one mount for all of it.</summary>
    internal static bool IsMerged(HostRoot host) =>
        Shadowed.Append("run").All(host.Directories.Contains)
        && Merged.All(name => !host.Directories.Contains(name)
            && (!host.Links.TryGetValue(name, out var target) || target.TrimStart('/') == "usr/" + name))
        && Merged.Take(2).Append("sbin").All(host.Links.ContainsKey);

    private static IEnumerable<SandboxMount> OverHost() => [new SandboxMount.Bind("/", "/", BindAccess.Devices)];

    private static IEnumerable<SandboxMount> FromParts(HostRoot host)
    {
        foreach (var name in host.Directories.Order(StringComparer.Ordinal))
        {
            if (!Shadowed.AsSpan().Contains(name) && !Merged.AsSpan().Contains(name) && !Special.AsSpan().Contains(name))
            {
                yield return new SandboxMount.Bind("/" + name, "/" + name, BindAccess.ReadWrite, Optional: true);
            }
        }

        foreach (var (name, target) in host.Links.OrderBy(link => link.Key, StringComparer.Ordinal))
        {
            if (!Shadowed.AsSpan().Contains(name) && !Merged.AsSpan().Contains(name) && !Special.AsSpan().Contains(name))
            {
                yield return new SandboxMount.SymbolicLink(target, "/" + name);
            }
        }

        foreach (var name in Merged)
        {
            yield return new SandboxMount.SymbolicLink("usr/" + name, "/" + name);
        }

        yield return new SandboxMount.Bind("/dev", "/dev", BindAccess.Devices);
        yield return new SandboxMount.Bind("/proc", "/proc", BindAccess.ReadWrite);
    }
}
