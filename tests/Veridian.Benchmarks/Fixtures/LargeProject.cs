using Veridian.Benchmarks.Measuring;
using Veridian.Testing;

namespace Veridian.Benchmarks.Fixtures;

/// <summary>
/// A project with an environment of about 600 packages, and a second generation with one small package more. It can be put
/// back to any point of that history without unpacking anything again.
/// </summary>
internal sealed class LargeProject
{
    private const string Leaf = "tree";
    private static readonly string[] Packages = ["jq", "xfce4", "gimp", "git", "inkscape", "python3", "gcc", "vim", "mpv", "nginx", "nodejs", "ripgrep", "sqlite3", "evince"];
    private readonly Workbench _bench;
    private readonly string _first;
    private readonly string _second;

    private LargeProject(Workbench bench)
    {
        _bench = bench;
        bench.Fresh("large");
        Root = bench.Fresh("large/root");
        Folder = bench.Fresh("large/project");
        bench.Fresh("large/aside");
        _first = Apply(Packages, "one");
        _second = Apply([.. Packages, Leaf], "two");
    }

    /// <summary>The <c>--root</c> of all that it has.</summary>
    public string Root { get; }

    /// <summary>The folder of its profile.</summary>
    public string Folder { get; }

    /// <summary>The tree of the environment without the additional package, which is written whole: nothing of it is borrowed.</summary>
    public string Environment => Path.Combine(Root, "store/environments", _first);

    /// <summary>For the report: its size.</summary>
    public string Describe()
    {
        Arrange(first: true, second: true, "two");
        var packages = Directory.GetDirectories(Path.Combine(Root, "store/objects")).Length;
        return $"{packages} packages, {TreeSize.Of(Environment)}";
    }

    /// <summary>Downloads, unpacks and applies.</summary>
    /// <exception cref="SkippedException">There is no mirror, or no bubblewrap.</exception>
    public static LargeProject Prepare(Workbench bench)
    {
        Workbench.Need(Needs.Mirror | Needs.Bubblewrap);
        return new LargeProject(bench);
    }

    /// <summary>A command of vpkg on this project.</summary>
    public Command Vpkg(params IReadOnlyList<string> arguments) => _bench.Vpkg(Root, [.. arguments, "-f", Folder]);

    /// <summary>Two generations, the second current.</summary>
    public void AtSecondGeneration() => Arrange(first: true, second: true, "two");

    /// <summary>The first generation is current; profile and lock already ask for the second.</summary>
    public void BeforeAdding() => Arrange(first: true, second: false, "one");

    /// <summary>Nothing has been applied; every package is in the store; profile and lock ask for the second generation.</summary>
    public void BeforeAnything() => Arrange(first: false, second: false, null);

    private string Apply(string[] packages, string name)
    {
        var before = Environments();
        File.WriteAllText(Path.Combine(Folder, "vpkg.toml"), "[packages]\n" + string.Concat(packages.Select(package => $"{package} = \"*\"\n")));
        _bench.Prepare(Vpkg("apply", "--yes", "--quiet"));
        foreach (var part in Parts)
        {
            _bench.Prepare(new Command("cp", "-a", Path.Combine(Root, part), _bench.PathOf($"large/{name}-{Path.GetFileName(part)}")));
        }

        foreach (var file in ProjectFiles)
        {
            File.Copy(Path.Combine(Folder, file), _bench.PathOf($"large/{file}"), overwrite: true);
        }

        return Environments().Except(before).Single();
    }

    // What a generation is made of, the environment's tree apart.
    private static IReadOnlyList<string> Parts => ["state", "store/roots"];

    private static IReadOnlyList<string> ProjectFiles => ["vpkg.toml", "vpkg.lock"];

    private string[] Environments()
    {
        var folder = Path.Combine(Root, "store/environments");
        return Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Select(Path.GetFileName).OfType<string>()] : [];
    }

    private void Arrange(bool first, bool second, string? saved)
    {
        Show(_first, first);
        Show(_second, second);
        foreach (var part in Parts)
        {
            var there = Path.Combine(Root, part);
            _bench.Discard(there);
            if (saved is null)
            {
                Directory.CreateDirectory(there);
            }
            else
            {
                _bench.Process.Run(new Command("cp", "-a", _bench.PathOf($"large/{saved}-{Path.GetFileName(part)}"), there));
            }
        }

        foreach (var file in ProjectFiles)
        {
            File.Copy(_bench.PathOf($"large/{file}"), Path.Combine(Folder, file), overwrite: true);
        }
    }

    /// <summary>Puts an environment into the store or out of it.</summary>
    private void Show(string environment, bool there)
    {
        var (inside, aside) = (Path.Combine(Root, "store/environments", environment), _bench.PathOf($"large/aside/{environment}"));
        var manifest = Path.Combine(Root, "store/manifests", environment);
        if (there && !Directory.Exists(inside))
        {
            Workbench.Move(aside, inside);
            File.Move(aside + ".manifest", manifest);
        }
        else if (!there && Directory.Exists(inside))
        {
            // What a measured run has made anew.
            _bench.Discard(aside);
            Workbench.Move(inside, aside);
            File.Move(manifest, aside + ".manifest", overwrite: true);
        }
    }
}
