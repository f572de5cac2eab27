using System.Text;
using Veridian.Debian.Sources;
using Veridian.Trust.OpenPgp;

namespace Veridian.Engine.Repositories;

/// <summary>What this machine's own apt configuration says: sources, keyrings, proxy and the name of its release.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c>; decision 12. Read-only; a machine without apt simply has none.</remarks>
public sealed class HostDebian
{
    private const int MaxBytes = 4 << 20;
    private readonly string _root;

    private HostDebian(string root, IReadOnlyList<AptSource> sources, IReadOnlyList<IgnoredAptSource> ignored, string codename) =>
        (_root, Sources, Ignored, Codename) = (root, sources, ignored, codename);

    /// <summary>Enabled entries for binary packages.</summary>
    public IReadOnlyList<AptSource> Sources { get; }

    /// <summary>Entries that cannot be used, each with its reason.</summary>
    public IReadOnlyList<IgnoredAptSource> Ignored { get; }

    /// <summary>The release's code name, <c>bookworm</c>; empty where the machine is no Debian.</summary>
    public string Codename { get; }

    /// <summary>Reads the configuration of this machine, or of the folder that <c>VPKG_HOST_ROOT</c> names.</summary>
    public static HostDebian Read(Workspace workspace) => Read(workspace.Variable("VPKG_HOST_ROOT") is { Length: > 0 } root ? root : "/");

    /// <summary>Reads the configuration below a root folder; <c>/</c> on a real machine.</summary>
    public static HostDebian Read(string root)
    {
        var (sources, ignored) = (new List<AptSource>(), new List<IgnoredAptSource>());
        foreach (var file in SourceFiles(Path.Combine(root, "etc/apt")))
        {
            var read = AptSourcesReader.Read(Encoding.UTF8.GetString(BoundedFile.TryRead(file, MaxBytes) ?? []), file);
            sources.AddRange(read.Sources.Where(source => source.Enabled && source.Types.Contains("deb")));
            ignored.AddRange(read.Ignored);
        }

        return new HostDebian(root, sources, ignored, ReadCodename(root));
    }

    /// <summary>The keyrings that count for a source: those it names, else all that apt trusts for everything.</summary>
    public IReadOnlyList<Keyring> KeyringsOf(AptSignedBy? signedBy)
    {
        if (signedBy?.InlineKey is { } inline)
        {
            return [Keyring.ReadInline("Signed-By", inline)];
        }

        return ReadKeyrings(signedBy is { Paths.Count: > 0 } named ? named.Paths : TrustedFiles());
    }

    /// <summary>The keyrings at these paths; those that are not there are left out.</summary>
    private List<Keyring> ReadKeyrings(IEnumerable<string> paths)
    {
        var keyrings = new List<Keyring>();
        foreach (var path in paths)
        {
            if (BoundedFile.TryRead(Under(path), Keyring.MaxBytes) is { Length: > 0 } bytes)
            {
                keyrings.Add(Keyring.Read(path, bytes));
            }
        }

        return keyrings;
    }

    /// <summary>apt's proxy for a scheme, <c>http</c> or <c>https</c>; null where it has none.</summary>
    public string? Proxy(string scheme)
    {
        foreach (var file in ConfigurationFiles())
        {
            foreach (var line in Encoding.UTF8.GetString(BoundedFile.TryRead(file, MaxBytes) ?? []).Split('\n'))
            {
                var text = line.Trim();
                if (text.StartsWith($"Acquire::{scheme}::Proxy ", StringComparison.OrdinalIgnoreCase) && text.Split('"') is { Length: >= 3 } parts)
                {
                    return parts[1];
                }
            }
        }

        return null;
    }

    private IEnumerable<string> ConfigurationFiles() =>
        FilesOf(Path.Combine(_root, "etc/apt/apt.conf.d"), _ => true).Append(Path.Combine(_root, "etc/apt/apt.conf"));

    private IEnumerable<string> TrustedFiles() =>
        FilesOf(Under("/etc/apt/trusted.gpg.d"), name => name.EndsWith(".gpg", StringComparison.Ordinal) || name.EndsWith(".asc", StringComparison.Ordinal))
            .Prepend("/etc/apt/trusted.gpg");

    private string Under(string path) => path.StartsWith('/') && _root != "/" && !path.StartsWith(_root, StringComparison.Ordinal)
        ? Path.Combine(_root, path[1..])
        : path;

    private static IEnumerable<string> SourceFiles(string folder) =>
        FilesOf(Path.Combine(folder, "sources.list.d"), name => name.EndsWith(".list", StringComparison.Ordinal) || name.EndsWith(".sources", StringComparison.Ordinal))
            .Prepend(Path.Combine(folder, "sources.list"));

    private static IReadOnlyList<string> FilesOf(string folder, Func<string, bool> wanted)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var files = Directory.GetFiles(folder).Where(wanted).ToArray();
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static string ReadCodename(string root)
    {
        foreach (var line in Encoding.UTF8.GetString(BoundedFile.TryRead(Path.Combine(root, "etc/os-release"), MaxBytes) ?? []).Split('\n'))
        {
            if (line.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal))
            {
                return line["VERSION_CODENAME=".Length..].Trim().Trim('"');
            }
        }

        return "";
    }
}
