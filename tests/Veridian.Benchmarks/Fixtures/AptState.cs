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

    /// <summary>The lists, uncompressed.</summary>
    public IReadOnlyList<string> Files => Lists();

    private AptState(string folder) => (_folder, _configuration) = (folder, Path.Combine(folder, "apt.conf"));

    /// <summary>Makes it, with lists of today.</summary>
    /// <exception cref="SkippedException">There is no apt, or no mirror.</exception>
    public static AptState Prepare(Workbench bench) => Prepare(bench, "apt", apt => apt.Write());

    /// <summary>The same with several releases at once, from the host's own mirror.</summary>
    /// <exception cref="SkippedException">There is no apt, or no mirror.</exception>
    public static AptState PrepareMixed(Workbench bench, IReadOnlyList<string> suites) => Prepare(bench, "apt-mixed", apt =>
    {
        apt.Write();
        Array.ForEach(Directory.GetFiles(Path.Combine(apt._folder, "sources")), File.Delete);
        var mirror = DebianSources().SelectMany(File.ReadLines).SelectMany(line => line.Split(' ')).FirstOrDefault(word =>
            word.StartsWith("http", StringComparison.Ordinal) && word.TrimEnd('/').EndsWith("/debian", StringComparison.Ordinal))
            ?? throw new SkippedException("the host's sources name no mirror of Debian");
        File.WriteAllText(Path.Combine(apt._folder, "sources/mixed.sources"),
            $"Types: deb\nURIs: {mirror}\nSuites: {string.Join(' ', suites)}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n");
    });

    private static AptState Prepare(Workbench bench, string folder, Action<AptState> write)
    {
        Workbench.Need("apt-get");
        var apt = new AptState(bench.PathOf(folder));
        write(apt);
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

    /// <summary>A command of apt-cache.</summary>
    public Command Cache(params IReadOnlyList<string> arguments) => new("apt-cache", ["-q", "-c", _configuration, .. arguments]);

    /// <summary>Throws its binary caches away.</summary>
    public void ForgetCaches()
    {
        foreach (var file in new[] { "pkgcache.bin", "srcpkgcache.bin" })
        {
            File.Delete(Path.Combine(_folder, "cache", file));
        }
    }

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
