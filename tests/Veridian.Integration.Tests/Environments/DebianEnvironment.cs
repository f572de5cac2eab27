using System.Diagnostics;
using System.Text;
using Veridian.Build.Sandbox;
using Veridian.Debian.Archive;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Planning;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Running;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;
using Veridian.Store.Transactions;
using Veridian.Testing;
using StoredControl = Veridian.Store.Manifests.ControlData;
using StoredMember = Veridian.Store.Manifests.ControlMember;

namespace Veridian.Integration.Tests.Environments;

/// <summary>A small environment of real packages, fetched once from the host's own mirror. <see cref="Skipped"/> says why there is none.</summary>
public sealed class DebianEnvironment : IDisposable
{
    private static readonly string[] Wanted =
    [
        "base-passwd", "bash", "ca-certificates", "coreutils", "dash", "jq", "libacl1", "libattr1", "libc-bin", "libc6", "libcrypt1", "libgmp10",
        "libjq1", "libonig5", "libpcre2-8-0", "libselinux1", "libtinfo6", "mawk", "perl-base",
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly string _debs;

    public DebianEnvironment()
    {
        _debs = Directory.CreateDirectory(_folder.Path + "/debs").FullName;
        Skipped = Download(_debs, Wanted);
        if (Skipped is null)
        {
            OpenUp(_folder.Path);
            StorePath = _folder.Path + "/store";
            Plan = BuildAsync(StorePath).GetAwaiter().GetResult();
            WriteLauncher(Generation, HostGrants.Read().EntersItself);
            WriteLauncher(_folder.Path + "/bubblewrap", entersItself: false);
        }
        else
        {
            Console.WriteLine($"skipped: {Skipped}");
        }
    }

    public string? Skipped { get; }

    public string StorePath { get; } = "";

    public EnvironmentPlan? Plan { get; }

    public string Generation => _folder.Path + "/generation";

    /// <summary>The generation, and one whose launcher is bubblewrap.</summary>
    public IReadOnlyList<string> Generations => Skipped is null ? [Generation, _folder.Path + "/bubblewrap"] : [];

    public bool EntersItself => HostGrants.Read().EntersItself;

    public string EnvironmentFolder => $"{StorePath}/environments/{Plan!.Digest}";

    /// <summary>Puts the packages into a store and builds their environment there.</summary>
    public async Task<EnvironmentPlan> BuildAsync(string storePath)
    {
        using var store = StoreFolder.OpenOrCreate(storePath, new PosixStoreFiles(), TimeProvider.System);
        using var transaction = store.Begin(TimeSpan.FromSeconds(10), CancellationToken.None);
        var packages = Directory.GetFiles(_debs, "*.deb").Order(StringComparer.Ordinal).Select(deb => Stage(transaction, deb)).ToList();
        transaction.Publish(CancellationToken.None);
        var plan = EnvironmentPlan.Create(new EnvironmentRequest { Packages = packages }, package => new PackageContents(
            store.ReadManifest(package.Object).Entries,
            store.ReadControl(package.Object).Members.ToDictionary(member => member.Name, member => member.Bytes)));
        await new EnvironmentBuilder(store, Sandbox()).BuildAsync(plan, transaction, previous: null, CancellationToken.None);
        transaction.Publish(CancellationToken.None);
        return plan;
    }

    /// <summary>Runs something outside and gives exit code, output and errors.</summary>
    public static (int ExitCode, string Output, string Error) Execute(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/tmp" };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public void Dispose() => _folder.Dispose();

    private static BubblewrapSandbox Sandbox() => new(SandboxPrograms.FindBubblewrap("/usr/bin:/bin:/usr/local/bin", null), null);

    /// <summary>Puts an archive into a store.</summary>
    internal static EnvironmentPackage Stage(StoreTransaction transaction, string deb)
    {
        var limits = new DebLimits { MaxTotalBytes = 1 << 30, MaxFileBytes = 1 << 30 };
        using var head = File.OpenRead(deb);
        var fields = Encoding.UTF8.GetString(DebReader.ReadControl(head, limits).ControlFile.Span).Split('\n')
            .Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        using var stream = File.OpenRead(deb);
        using var writer = transaction.Stage(fields["Package"].Single(), fields["Version"].Single(), fields["Architecture"].Single());
        var contents = DebReader.Unpack(stream, writer, limits, threads: 1, CancellationToken.None);
        var control = StoredControl.Of(contents.Control.Members.Select(member => new StoredMember(member.Name, member.Bytes)));
        return new EnvironmentPackage
        {
            Name = fields["Package"].Single(),
            Version = fields["Version"].Single(),
            Object = writer.Complete(control, new Origin("", "", "")).Path,
        };
    }

    /// <summary>Fetches packages from the host's own mirror into a folder; why it cannot, or null.</summary>
    internal static string? Download(string folder, IReadOnlyList<string> packages)
    {
        if (!File.Exists("/usr/bin/apt-get"))
        {
            return "this host has no apt-get";
        }

        var (exitCode, _, error) = Execute("/bin/sh", ["-c", "cd \"$0\" && apt-get -o APT::Sandbox::User=root -o Acquire::Retries=1 -o Acquire::http::Timeout=20 download \"$@\"", folder, .. packages]);
        return exitCode == 0 ? null : $"packages cannot be downloaded: {error}";
    }

    private void WriteLauncher(string generation, bool entersItself)
    {
        Directory.CreateDirectory(generation);
        var files = GenerationFiles.For(
            File.ReadAllText(EnvironmentFolder + "/activation/passwd"), File.ReadAllText(EnvironmentFolder + "/activation/group"),
            new HostUser("tester", 4242, "testers", 4242, "", "/tmp", "/bin/bash"), "tests");
        var settings = new RunSettings
        {
            Environment = Plan!.Digest,
            Name = "tests",
            EnvironmentFolder = EnvironmentFolder,
            StoreFolder = StorePath,
            GenerationFiles = $"{generation}/{Launcher.FilesFolder}",
            Host = HostRoot.Read("/"),
            HasEntry = HostGrants.Read().RunsEntryPrograms,
            EntersItself = entersItself,
            Shells = Launcher.Shells(Plan),
            HasLocales = Launcher.HasLocales(Plan),
            Bubblewrap = SandboxPrograms.FindBubblewrap("/usr/bin:/bin:/usr/local/bin", null),
        };
        Launcher.Write(new UnsyncedStoreFiles(), generation, settings, Launcher.Commands(Plan, new HashSet<string> { "jq", "mawk" }), files, new Dictionary<string, string>());
    }

    /// <summary>Lets other accounts in, which a temporary folder does not.</summary>
    private static void OpenUp(string folder) => Execute("chmod", "755", folder);
}
