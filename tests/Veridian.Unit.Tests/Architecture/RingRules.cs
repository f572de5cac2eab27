namespace Veridian.Unit.Tests.Architecture;

/// <summary>This table is the architecture. Change it only together with a record in docs/decisions, and run './build map'.</summary>
internal static class RingRules
{
    private static readonly string[] Network = ["System.Net"];
    private static readonly string[] Processes = ["System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo"];
    private static readonly string[] Terminal = ["System.Console", "System.CommandLine"];
    private static readonly string[] Clock =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
    ];

    // What a program finds around it, instead of being told.
    private static readonly string[] Ambient =
    [
        .. Clock,
        "System.Environment.GetEnvironmentVariable", "System.Environment.GetEnvironmentVariables",
        "System.Environment.SetEnvironmentVariable", "System.Environment.GetFolderPath",
        "System.Environment.get_CurrentDirectory", "System.Environment.set_CurrentDirectory",
        "System.Environment.get_UserName", "System.Environment.Exit", "System.Environment.GetCommandLineArgs",
        "System.IO.Directory.GetCurrentDirectory", "System.IO.Directory.SetCurrentDirectory",
    ];

    private static readonly string[] Pure =
    [
        .. Network, .. Processes, .. Terminal, .. Ambient,
        "System.IO.File", "System.IO.Directory", "System.IO.FileStream", "System.IO.FileInfo", "System.IO.DirectoryInfo",
        "System.IO.RandomAccess", "System.IO.MemoryMappedFiles", "System.IO.Pipes",
        "System.IO.Path.GetTempPath", "System.IO.Path.GetTempFileName", "System.IO.Path.GetRandomFileName", "System.IO.Path.GetFullPath",
        "System.Diagnostics.Stopwatch", "System.TimeProvider.get_System", "System.Threading.Thread.Sleep",
        "System.Environment", "System.Random", "System.Security.Cryptography.RandomNumberGenerator",
        "System.Guid.NewGuid", "System.Type.GetType", "System.Reflection.Assembly.Load", "System.Activator",
    ];

    /// <summary>Ring 0 first; within a ring, what others build on first.</summary>
    public static IReadOnlyList<ProjectRule> Projects { get; } =
    [
        new("Veridian.Core", 0, "domain values, hashing, versions, errors", [], Pure, []),
        new("Veridian.Formats", 0, "bytes and values: TOML, profile, lock file, compression", ["Veridian.Core"], Pure,
            [new("Veridian.Formats.Compression", "zstd, xz", ["libzstd.so.1", "liblzma.so.5"])]),
        new("Veridian.Trust", 0, "keys, signatures, expiry, rollback rules over bytes", ["Veridian.Core", "Veridian.Formats"], Pure, []),
        new("Veridian.Solver", 0, "requirements and an index to a selection or an explanation", ["Veridian.Core"], Pure,
            [new("Veridian.Solver.Z3", "Z3", ["libz3.so.4"])]),
        new("Veridian.Posix", 1, "the Linux calls that .NET lacks or gets wrong", ["Veridian.Core"],
            [.. Network, .. Processes, .. Terminal, .. Ambient],
            [new("Veridian.Posix", "the kernel", ["libc.so.6"])]),
        new("Veridian.Store", 1, "objects, references, generations, collecting, on one machine",
            ["Veridian.Core", "Veridian.Formats", "Veridian.Posix"],
            [.. Network, .. Processes, .. Terminal, .. Ambient],
            [new("Veridian.Store.Database", "SQLite", ["libsqlite3.so.0"])]),
        new("Veridian.Fetch", 1, "downloads with limits, mirrors, metadata",
            ["Veridian.Core", "Veridian.Formats", "Veridian.Trust"],
            [.. Processes, .. Terminal, .. Ambient],
            [new("Veridian.Fetch", "the network", [])]),
        new("Veridian.Build", 1, "sandboxes, and what is run in them",
            ["Veridian.Core", "Veridian.Formats", "Veridian.Posix", "Veridian.Store"],
            [.. Network, .. Processes, .. Terminal, .. Ambient],
            [new("Veridian.Build.Sandbox", "bubblewrap", [], Processes)]),
        new("Veridian.Debian", 1, "Debian indexes and packages to our index and trees", ["Veridian.Core", "Veridian.Formats"],
            [.. Network, .. Processes, .. Terminal, .. Ambient], []),
        new("Veridian.Engine", 2, "the use cases: the only place where network, store and builds meet",
            ["Veridian.Core", "Veridian.Formats", "Veridian.Trust", "Veridian.Solver", "Veridian.Posix", "Veridian.Store",
                "Veridian.Fetch", "Veridian.Build", "Veridian.Debian"],
            ["System.Net.Http", "System.Net.Sockets", .. Processes, .. Terminal, .. Clock],
            [new("Veridian.Engine.Adapters", "gpgv", [], Processes)]),
        new("Veridian.Cli", 3, "one program: reads arguments, prints, turns errors into exit codes", ["Veridian.Core", "Veridian.Engine"],
            ["System.Net", .. Processes, .. Clock],
            [new("Veridian.Cli", "the terminal", [])],
            "System.CommandLine"),
    ];
}
