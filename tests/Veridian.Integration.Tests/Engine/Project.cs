using System.Diagnostics;
using System.Text;
using Veridian.Engine;
using Veridian.Engine.Applying;
using Veridian.Engine.Editing;
using Veridian.Engine.Locating;
using Veridian.Engine.Running;
using Veridian.Store.Files;
using Veridian.Store.Generations;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>A project with its own store, state and cache in a temporary folder, drawing on a repository of tiny packages.</summary>
internal sealed class Project : IDisposable
{
    private readonly TemporaryFolder? _own;

    public Project(LocalRepository? repository = null, string? cache = null, TemporaryFolder? beside = null, string name = "project")
    {
        _own = beside is null ? new TemporaryFolder() : null;
        Root = beside ?? _own!;
        Time.Advance(TimeProvider.System.GetUtcNow() - Time.GetUtcNow());
        Repository = repository ?? new LocalRepository(Root.PathOf("repository"), Time.GetUtcNow().AddDays(-1));
        Locations = new Locations(Root.PathOf("store"), Root.PathOf("state"), cache ?? Root.PathOf("cache"), Root.PathOf("config"));
        Folder = Root.PathOf(name);
        Directory.CreateDirectory(Folder);
    }

    public TemporaryFolder Root { get; }

    public ManualTime Time { get; } = new();

    public LocalRepository Repository { get; }

    public Locations Locations { get; set; }

    public string Folder { get; }

    public HeardEvents Heard { get; } = new();

    public string ProfilePath => Path.Combine(Folder, "vpkg.toml");

    public string LockPath => Path.Combine(Folder, "vpkg.lock");

    /// <summary>Which of the profile's environments commands work on.</summary>
    public string EnvironmentName { get; set; } = "default";

    /// <summary>What launchers may do; null for what this host grants.</summary>
    public HostGrants? Grants { get; set; }

    public string State => Locations.ProjectState(Workspace().Profile);

    public string StorePath => Locations.Store;

    /// <summary>A profile that draws on the repository.</summary>
    public byte[] Text(string packages, string more = "") => Encoding.UTF8.GetBytes($"{Repository.ProfileTable}\n[packages]\n{packages}\n{more}");

    /// <summary>Writes a profile that draws on the repository.</summary>
    public Project Write(string packages, string more = "")
    {
        File.WriteAllBytes(ProfilePath, Text(packages, more));
        return this;
    }

    public Workspace Workspace(EngineSettings? settings = null) => new()
    {
        Locations = Locations,
        Profile = ProfileLocation.Find(Folder, global: false, Folder, Locations) with { Environment = EnvironmentName },
        Settings = settings ?? new EngineSettings(),
        Time = Time,
        Observer = Heard,
        Grants = () => Grants ?? HostGrants.Read(),
        Variable = name => name switch
        {
            "PATH" => Environment.GetEnvironmentVariable("PATH"),
            // The host's own apt configuration is none of these tests' business.
            "VPKG_HOST_ROOT" => Root.PathOf("no-host"),
            _ => null,
        },
    };

    public async Task<ApplyPlan> PlanAsync(EngineSettings? settings = null, byte[]? text = null)
    {
        using var session = ApplySession.Begin(Workspace(settings), CancellationToken.None);
        return await session.PlanAsync(new ApplyRequest { Command = "plan", ProfileText = text }, CancellationToken.None);
    }

    /// <summary>Plans and runs, as every changing verb does.</summary>
    public async Task<ApplyOutcome> ApplyAsync(
        string command = "apply", byte[]? text = null, IStoreFiles? files = null, EngineSettings? settings = null, IReadOnlyCollection<string>? move = null)
    {
        using var session = ApplySession.Begin(Workspace(settings), files ?? new UnsyncedStoreFiles(), CancellationToken.None);
        var plan = await session.PlanAsync(new ApplyRequest { Command = command, ProfileText = text, Move = move }, CancellationToken.None);
        return await session.RunAsync(plan, CancellationToken.None);
    }

    /// <summary>What <c>install</c> does: the profile is read under the lock.</summary>
    public async Task<ApplyOutcome> InstallAsync(params string[] specs)
    {
        var workspace = Workspace();
        using var session = ApplySession.Begin(workspace, new UnsyncedStoreFiles(), CancellationToken.None);
        var request = new ApplyRequest { Command = "install", ProfileText = ProfileEdits.Install(workspace, specs, recommends: false) };
        return await session.RunAsync(await session.PlanAsync(request, CancellationToken.None), CancellationToken.None);
    }

    public GenerationRecord? Current() => GenerationFolder.ReadCurrent(State);

    /// <summary>The current generation's folder.</summary>
    public string CurrentFolder() => Path.Combine(State, "current");

    /// <summary>The current environment's tree.</summary>
    public string EnvironmentFolder() => Path.Combine(StorePath, "environments", Current()!.Environment.ToString());

    /// <summary>What a shell of the current environment prints; it has to end with 0.</summary>
    /// <param name="script">For the shell.</param>
    /// <param name="before">Words before the launcher, such as those that make its caller root inside.</param>
    public string Shell(string script, params string[] before)
    {
        string[] words = [.. before, $"{CurrentFolder()}/launch", "--exec", "/bin/sh", "-c", script];
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output;
    }

    public IEnumerable<string> CurrentNames() => Current()!.Closure.Select(path => path.Text);

    public void Dispose() => _own?.Dispose();
}
