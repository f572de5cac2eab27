using Veridian.Benchmarks.Measuring;
using Veridian.Testing;

namespace Veridian.Benchmarks.Fixtures;

/// <summary>Where figures are taken: one folder for everything, the programs under test, and inputs that several figures share.</summary>
internal sealed class Workbench
{
    private readonly Lazy<AptState> _apt;
    private readonly Lazy<DebianPackages> _debs;
    private readonly Lazy<LargeProject> _large;
    private readonly string _dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    public Workbench()
    {
        Directory.CreateDirectory(Folder);
        Process = new MeasuredProcess(Folder);
        _apt = new Lazy<AptState>(() => AptState.Prepare(this));
        _debs = new Lazy<DebianPackages>(() => DebianPackages.Prepare(this));
        _large = new Lazy<LargeProject>(() => LargeProject.Prepare(this));
    }

    /// <summary>Everything that figures make or fetch. Safe to delete; downloads are then fetched again.</summary>
    public string Folder { get; } = Checkout.PathOf("artifacts/bench");

    /// <summary>Runs and measures.</summary>
    public MeasuredProcess Process { get; }

    /// <summary>apt with lists and caches of its own.</summary>
    public AptState Apt => _apt.Value;

    /// <summary>The three packages of 99 MB.</summary>
    public DebianPackages Debs => _debs.Value;

    /// <summary>The environment of 600 packages.</summary>
    public LargeProject Large => _large.Value;

    /// <summary>The vpkg of this working copy, started as <c>./vpkg</c> starts it.</summary>
    public Command Vpkg(string root, params IReadOnlyList<string> arguments) => Dotnet("Veridian.Cli", "vpkg", [.. arguments, "--root", root]);

    /// <summary>This program again, for the part of a figure that has no command line of its own.</summary>
    public Command Ourselves(params IReadOnlyList<string> arguments) => Dotnet("Veridian.Benchmarks", "Veridian.Benchmarks", arguments);

    /// <summary>A .NET program that does nothing.</summary>
    public Command EmptyProcess() => Dotnet("Veridian.Benchmarks.Empty", "empty", []);

    /// <summary>A path in the folder; nothing is made.</summary>
    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>A path in the folder with nothing there.</summary>
    public string Free(string relative)
    {
        var path = PathOf(relative);
        Delete(path);
        return path;
    }

    /// <summary>A new empty folder.</summary>
    public string Fresh(string relative) => Directory.CreateDirectory(Free(relative)).FullName;

    /// <summary>Deletes a tree, sealed folders included; nothing happens if it is not there.</summary>
    public void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Process.Run(new Command("chmod", "-R", "u+rwX", path));
            Process.Run(new Command("rm", "-rf", path));
        }
    }

    /// <summary>Runs a step of a preparation.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="SkippedException">It failed.</exception>
    public string Prepare(Command command)
    {
        try
        {
            return Process.Read(command);
        }
        catch (BenchmarkFailedException failed)
        {
            throw new SkippedException(failed.Message);
        }
    }

    /// <summary>Insists on programs.</summary>
    /// <exception cref="SkippedException">One is not installed.</exception>
    public static void Need(params IEnumerable<string> programs)
    {
        foreach (var program in programs)
        {
            if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program))))
            {
                throw new SkippedException($"{program} is not installed");
            }
        }
    }

    /// <summary>Insists on something that the test surroundings know.</summary>
    /// <exception cref="SkippedException">It is not there.</exception>
    public static void Need(Needs needs)
    {
        if (Surroundings.MissingReason(needs) is { } reason)
        {
            throw new SkippedException(reason);
        }
    }

    private Command Dotnet(string project, string program, IReadOnlyList<string> arguments)
    {
        var path = Checkout.PathOf($"artifacts/bin/{project}/release/{program}");
        return File.Exists(path)
            ? new Command(path, arguments)
            {
                Environment = new Dictionary<string, string>
                {
                    ["DOTNET_ROOT"] = _dotnet,
                    ["VPKG_CACHE_DIR"] = PathOf("cache"),
                    ["VPKG_STORE"] = "",
                    ["VPKG_CONFIG_DIR"] = "",
                    ["VPKG_OFFLINE"] = "",
                },
            }
            : throw new SkippedException($"'{program}' is not built as Release: run './build bench'");
    }
}
