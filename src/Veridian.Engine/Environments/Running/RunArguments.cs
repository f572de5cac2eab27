using Veridian.Build.Sandbox;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Running;

/// <summary>How the root of a running environment is composed and which variables it starts with: pure, the same for every command.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-17 to E-20.</remarks>
public static class RunArguments
{
    /// <summary>PATH inside.</summary>
    public const string SearchPath = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin:/usr/games";

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
        mounts.AddRange(settings.Parts.Count == 0
            ? Shadowed.Select(name => new SandboxMount.Bind($"{settings.EnvironmentFolder}/{name}", "/" + name))
            : settings.Parts.Select(part => new SandboxMount.Bind(part.Source, "/" + part.Path)));
        mounts.Add(new SandboxMount.Tmpfs("/run"));
        mounts.AddRange(StandardTree.Volatile.Select(name => new SandboxMount.Directory("/run/var/" + name)));
        mounts.Add(new SandboxMount.Directory("/run/lock"));
        mounts.Add(new SandboxMount.Bind(settings.GenerationFiles, StandardFiles.GenerationFolder));
        mounts.AddRange(StandardFiles.FromHost.Select(name => new SandboxMount.Bind("/etc/" + name, "/etc/" + name, Optional: true)));
        // E-19: last, so that no other bind leads to the store's files in a writable way.
        mounts.Add(new SandboxMount.Bind(settings.StoreFolder, settings.StoreFolder));
        return mounts;
    }

    /// <summary>The arguments for bubblewrap that are the same whoever starts the command.</summary>
    public static IReadOnlyList<string> Of(RunSettings settings)
    {
        List<string> arguments = ["--die-with-parent", .. Root(settings).SelectMany(SandboxArguments.Of)];
        foreach (var name in settings.HasLocales ? Dropped : Dropped.Concat(LocaleVariables))
        {
            arguments.AddRange(["--unsetenv", name]);
        }

        if (!settings.HasLocales)
        {
            arguments.AddRange(["--setenv", "LANG", "C.UTF-8"]);
        }

        arguments.AddRange(["--setenv", "PATH", SearchPath]);
        arguments.AddRange(["--setenv", "VPKG_ENV", settings.Name]);
        arguments.AddRange(["--setenv", "VPKG_ENV_DIGEST", settings.Environment.ToString()]);
        return arguments;
    }

    /// <summary>Whether the host's top level has the shape of a merged tree: then its own root is the base, one mount for all of it.</summary>
    private static bool IsMerged(HostRoot host) =>
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
