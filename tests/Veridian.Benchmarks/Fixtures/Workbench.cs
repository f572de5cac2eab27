using Veridian.Benchmarks.Measuring;
using Veridian.Testing;

namespace Veridian.Benchmarks.Fixtures;

/// <summary>Where figures are taken: one folder for everything, the programs under test, and inputs that several figures share.</summary>
/// <remarks>
/// Nothing is deleted before the end: for minutes after a deletion ext4 searches for inodes that were not in use lately, and
/// whoever writes next pays for it.
/// </remarks>
internal sealed class Workbench : IDisposable
{
    private const string Trash = "trash";
    private readonly Lazy<AptState> _apt;
    private readonly Lazy<DebianPackages> _debs;
    private readonly Lazy<LargeProject> _large;
    private readonly Lazy<ActivatedProject> _activated;
    private readonly string _dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    public Workbench()
    {
        Directory.CreateDirectory(Folder);
        Process = new MeasuredProcess(Folder);
        EmptyTrash();
        _apt = new Lazy<AptState>(() => AptState.Prepare(this));
        _debs = new Lazy<DebianPackages>(() => DebianPackages.Prepare(this));
        _large = new Lazy<LargeProject>(() => LargeProject.Prepare(this));
        _activated = new Lazy<ActivatedProject>(() => ActivatedProject.Prepare(this));
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

    /// <summary>The environment of about 470 packages with all that their scripts do.</summary>
    public ActivatedProject Activated => _activated.Value;

    /// <summary>The vpkg of this working copy, started as <c>./vpkg</c> starts it.</summary>
    public Command Vpkg(string root, params IReadOnlyList<string> arguments) => Built("publish/Veridian.Cli/release/vpkg", [.. arguments, "--root", root]);

    /// <summary>This program again, for the part of a figure that has no command line of its own.</summary>
    public Command Ourselves(params IReadOnlyList<string> arguments) => Built("publish/Veridian.Benchmarks/release/Veridian.Benchmarks", arguments);

    /// <summary>A .NET program that does nothing.</summary>
    public Command EmptyProcess() => Built("bin/Veridian.Benchmarks.Empty/release/empty", []);

    /// <summary>A path in the folder; nothing is made.</summary>
    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>A new empty folder.</summary>
    public string Fresh(string relative)
    {
        Discard(PathOf(relative));
        return Directory.CreateDirectory(PathOf(relative)).FullName;
    }

    /// <summary>Takes a tree out of the way; nothing happens if it is not there.</summary>
    public void Discard(string path)
    {
        if (Directory.Exists(path))
        {
            Move(path, Path.Combine(Directory.CreateDirectory(PathOf(Trash)).FullName, Guid.NewGuid().ToString("N")));
        }
    }

    /// <summary>Moves a folder, which may be sealed: a folder changes its parent only while its owner may write to it.</summary>
    public static void Move(string from, string to)
    {
        var mode = File.GetUnixFileMode(from);
        File.SetUnixFileMode(from, mode | UnixFileMode.UserWrite);
        Directory.Move(from, to);
        File.SetUnixFileMode(to, mode);
    }

    /// <summary>Deletes what was discarded.</summary>
    public void Dispose() => EmptyTrash();

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

    private Command Built(string program, IReadOnlyList<string> arguments)
    {
        var path = Checkout.PathOf($"artifacts/{program}");
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

    private void EmptyTrash()
    {
        if (Directory.Exists(PathOf(Trash)))
        {
            Process.Run(new Command("chmod", "-R", "u+rwX", PathOf(Trash)));
            Process.Run(new Command("rm", "-rf", PathOf(Trash)));
        }
    }
}
