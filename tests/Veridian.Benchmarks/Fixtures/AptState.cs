using Veridian.Benchmarks.Measuring;
using Veridian.Testing;

namespace Veridian.Benchmarks.Fixtures;

/// <summary>
/// apt with a private state: the host's Debian sources, no installed packages, lists uncompressed, its binary cache on.
/// Container images turn that cache off, which would make the peer slower than it is.
/// </summary>
internal sealed class AptState
{
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);
    private readonly string _folder;
    private readonly string _configuration;

    private AptState(string folder) => (_folder, _configuration) = (folder, Path.Combine(folder, "apt.conf"));

    /// <summary>Makes it, with lists of today.</summary>
    /// <exception cref="SkippedException">There is no apt, or no mirror.</exception>
    public static AptState Prepare(Workbench bench)
    {
        Workbench.Need("apt-get");
        var apt = new AptState(bench.PathOf("apt"));
        apt.Write();
        if (!apt.Lists().Any(list => DateTime.UtcNow - File.GetLastWriteTimeUtc(list) < Fresh))
        {
            Workbench.Need(Needs.Mirror);
            bench.Prepare(apt.Get("update"));
            File.SetLastWriteTimeUtc(apt.Lists().First(), DateTime.UtcNow);
        }

        return apt;
    }

    /// <summary>A command of apt-get.</summary>
    public Command Get(params IReadOnlyList<string> arguments) => new("apt-get", ["-q", "-c", _configuration, .. arguments]);

    /// <summary>How many packages the lists have.</summary>
    public int CountPackages() => Lists().Sum(list => File.ReadLines(list).Count(line => line.StartsWith("Package: ", StringComparison.Ordinal)));

    private string[] Lists() => Directory.GetFiles(Path.Combine(_folder, "lists"), "*_Packages");

    private void Write()
    {
        foreach (var folder in new[] { "sources", "state", "lists/partial", "cache/archives/partial" })
        {
            Directory.CreateDirectory(Path.Combine(_folder, folder));
        }

        foreach (var source in DebianSources())
        {
            File.Copy(source, Path.Combine(_folder, "sources", Path.GetFileName(source)), overwrite: true);
        }

        File.WriteAllText(Path.Combine(_folder, "status"), "");
        File.WriteAllText(_configuration, $"""
            Dir::Etc::sourcelist "/dev/null";
            Dir::Etc::sourceparts "{_folder}/sources";
            Dir::State "{_folder}/state";
            Dir::State::lists "{_folder}/lists";
            Dir::State::status "{_folder}/status";
            Dir::Cache "{_folder}/cache";
            Dir::Cache::pkgcache "pkgcache.bin";
            Dir::Cache::srcpkgcache "srcpkgcache.bin";
            Acquire::GzipIndexes "false";
            Acquire::Languages "none";
            #clear Acquire::IndexTargets::deb::DEP-11;
            #clear APT::Update::Post-Invoke;
            #clear APT::Update::Post-Invoke-Success;
            APT::Sandbox::User "";

            """);
    }

    /// <summary>Those files of the host that name its own release, as vpkg takes them too.</summary>
    private static IEnumerable<string> DebianSources()
    {
        var codename = File.ReadLines("/etc/os-release").Select(line => line.Split('=')).FirstOrDefault(pair => pair[0] == "VERSION_CODENAME")?[1].Trim('"')
            ?? throw new SkippedException("/etc/os-release names no release");
        return new[] { "/etc/apt/sources.list" }.Where(File.Exists)
            .Concat(Directory.Exists("/etc/apt/sources.list.d") ? Directory.GetFiles("/etc/apt/sources.list.d") : [])
            .Where(file => File.ReadLines(file).Any(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(codename)));
    }
}
