using System.Diagnostics;
using Veridian.Engine;
using Veridian.Engine.Locating;
using Veridian.Engine.Progress;
using Veridian.Faults.Interposing;
using Veridian.Testing;

namespace Veridian.Faults.Scenes;

/// <summary>
/// A repository, a project and everything of the program's own in one folder, which can be put back to how it was. Its path stays
/// the same, because state names paths.
/// </summary>
internal sealed class Site : IDisposable
{
    private static readonly IReadOnlyList<string> Program = Checkout.Program;
    private readonly string _home;

    /// <param name="home">An existing folder, best on a file system in memory.</param>
    public Site(string home)
    {
        _home = Path.Combine(home, "f" + Guid.NewGuid().ToString("N")[..8]);
        Clear();
    }

    /// <summary>What faults fall on.</summary>
    public string Folder => Path.Combine(_home, "site");

    public string Project => Path.Combine(Folder, "project");

    public string ProfilePath => Path.Combine(Project, "vpkg.toml");

    public Locations Locations => Locations.Resolve(Path.Combine(Folder, "root"), _ => null);

    public string State => StateOf(Project);

    public LocalRepository Repository { get; private set; } = null!;

    public ManualTime Time { get; private set; } = null!;

    /// <summary>More variables for the program.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Words that stand before the program.</summary>
    public string[] Before { get; set; } = [];

    /// <summary>The use cases in this process, to look at what is there.</summary>
    public Workspace Workspace => WorkspaceOf(Project);

    /// <summary>The state folder of a project at this site.</summary>
    public string StateOf(string project) => Locations.ProjectState(ProfileLocation.Find(project, global: false, project, Locations));

    /// <summary>The use cases for another project at this site.</summary>
    public Workspace WorkspaceOf(string project) => new()
    {
        Locations = Locations,
        Profile = ProfileLocation.Find(project, global: false, project, Locations),
        Time = Time,
        Observer = Deaf.Instance,
        Variable = name => name == "PATH" ? Environment.GetEnvironmentVariable("PATH") : name == "VPKG_HOST_ROOT" ? Path.Combine(Folder, "no-host") : null,
    };

    /// <summary>Makes the folder empty but for an empty project and repository.</summary>
    public void Clear()
    {
        Directory.CreateDirectory(_home);
        TemporaryFolder.Remove(Folder);
        Directory.CreateDirectory(Project);
        Time = new ManualTime();
        Time.Advance(TimeProvider.System.GetUtcNow() - Time.GetUtcNow());
        Repository = new LocalRepository(Path.Combine(Folder, "repository"), Time.GetUtcNow().AddDays(-1));
    }

    /// <summary>A profile that draws on the repository.</summary>
    public void Write(string packages, string settings = "") => File.WriteAllText(ProfilePath, settings + Profile(packages));

    /// <summary>The text of a profile that draws on the repository.</summary>
    public string Profile(string packages) => $"{Repository.ProfileTable}\n[packages]\n{packages}\n";

    /// <summary>Keeps how it is now, under a name.</summary>
    public void Keep(string name)
    {
        TemporaryFolder.Remove(Path.Combine(_home, name));
        Copy(Folder, Path.Combine(_home, name));
    }

    /// <summary>Puts it back to what was kept.</summary>
    public void Restore(string name)
    {
        TemporaryFolder.Remove(Folder);
        Copy(Path.Combine(_home, name), Folder);
        Time = new ManualTime();
        Time.Advance(TimeProvider.System.GetUtcNow() - Time.GetUtcNow());
    }

    /// <summary>Runs the built program under a fault.</summary>
    public Ended Run(Fault fault, params string[] arguments) => Run(fault, reads: false, arguments);

    /// <summary>Runs the built program under a fault that may fall on reading too.</summary>
    public Ended Run(Fault fault, bool reads, params string[] arguments) => Interposer.Run(Start(arguments), fault, Folder, reads);

    /// <summary>Runs the built program; the caller expects success.</summary>
    /// <exception cref="InvalidOperationException">It did not work.</exception>
    public string Works(params string[] arguments)
    {
        var ended = Run(new Fault.KillAfter(TimeSpan.FromMinutes(3)), arguments);
        return ended.ExitCode == 0 ? ended.Output : throw new InvalidOperationException($"vpkg {string.Join(' ', arguments)} ended with {ended.ExitCode}\n{ended.Error}");
    }

    /// <summary>How the program is started, in the project's folder, with nothing of the host's apt.</summary>
    public ProcessStartInfo Start(params string[] arguments)
    {
        string[] words = [.. Before, .. Program, .. arguments.Take(1), "--root", Path.Combine(Folder, "root"), .. arguments.Skip(1)];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = Project,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VPKG_", StringComparison.Ordinal) && name != "VPKG_NATIVE").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = Folder;
        start.Environment["TERM"] = "dumb";
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // no pipes of the runtime's own
        start.Environment["VPKG_HOST_ROOT"] = Path.Combine(Folder, "no-host");
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public void Dispose() => TemporaryFolder.Remove(_home);

    private static void Copy(string from, string to)
    {
        using var copy = Process.Start(new ProcessStartInfo("cp", ["-a", "--reflink=auto", "-T", from, to]))!;
        copy.WaitForExit();
        if (copy.ExitCode != 0)
        {
            throw new IOException($"'{from}' could not be copied.");
        }
    }

    private sealed class Deaf : IEngineObserver
    {
        public static readonly Deaf Instance = new();

        public void On(EngineEvent engineEvent)
        {
        }
    }
}
