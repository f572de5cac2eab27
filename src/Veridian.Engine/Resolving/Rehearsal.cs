using System.Diagnostics;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Debian.Control;
using Veridian.Engine.Profiles;
using Veridian.Formats.Lockfile;
using Veridian.Formats.Profile;
using Veridian.Solver;
using Veridian.Solver.Indexing;

namespace Veridian.Engine.Resolving;

/// <summary>
/// Reads a small profile, solves a universe of two packages and writes its lock, on another core, while the command line and the profile are being read.
/// A solve takes a quarter of a second from start to end, and most of that is the runtime compiling what runs once: this way the
/// real solve finds its code compiled. Nothing depends on it, and its answer is thrown away.
/// </summary>
public static class Rehearsal
{
    private const string Rest = """
        Version: 1.0-1
        Installed-Size: 1
        Filename: pool/a.deb
        Size: 1
        SHA256: 0000000000000000000000000000000000000000000000000000000000000000
        Description: a

        """;

    private static readonly string[] Records =
    [
        $"Package: a\nArchitecture: {HostPlatform.Architecture}\nDepends: b (>= 0.9) | c, b\nProvides: c (= 1)\n{Rest}",
        $"Package: b\nArchitecture: all\nEssential: yes\nConflicts: d (<< 2)\n{Rest}",
    ];

    /// <summary>Begins, where there is another core to do it on; returns at once.</summary>
    public static void Begin()
    {
        if (Environment.ProcessorCount > 1)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => RunQuietly(), null);
        }
    }

    // An exception on this thread would end the process, and nobody waits for the answer.
    private static void RunQuietly()
    {
        try
        {
            Run();
        }
        catch (VeridianException)
        {
            // The real solve will say it.
        }
    }

    /// <summary>The whole rehearsal.</summary>
    /// <returns>The lock's text.</returns>
    internal static byte[] Run()
    {
        // In the order in which the command will need it.
        _ = ProfileEvaluator.Evaluate(ProfileReader.Read("[packages]\na = \"*\"\n"u8, "vpkg.toml"), _ => throw new UnreachableException(), HostPlatform.Name, "default");
        using var index = PackageIndex.Open(Index());
        var request = new SolveRequest { Requirements = [new Requirement(new Relation("a", RelationKind.Any, ""), "")], Essential = true, Excluded = ["d"], AssumedPresent = ["e"] };
        var solved = (SolveResult.Solved)PackageSolver.Solve(index, request, CancellationToken.None);
        var reader = new PackagesReader(HostPlatform.Architecture);
        var archives = Records.Take(solved.Versions.Count).Select(record => reader.ReadArchive(Encoding.ASCII.GetBytes(record))).ToArray();
        var providers = new ProviderTable(archives.ToDictionary(archive => archive.Entry.Name, archive => archive.Entry, StringComparer.Ordinal));
        return LockFileWriter.Write(LockFile.Empty.With(new LockedSelection
        {
            Environment = "default",
            Platform = "",
            Inputs = "",
            Objective = SelectionBuilder.Objective,
            Snapshots = [new LockedSnapshot { Repository = "r", Url = "", Suite = "s", Component = "c", Date = "", Release = default, Signers = ["k"] }],
            Packages = [.. archives.Select(archive => LockedPackageOf(archive, providers))],
        }));
    }

    /// <summary>The index of both packages: making it would compile what only a changed index needs.</summary>
    private static byte[] Index()
    {
        using var made = typeof(Rehearsal).Assembly.GetManifestResourceStream("rehearsal.index")!;
        var bytes = new byte[made.Length];
        made.ReadExactly(bytes);
        return bytes;
    }

    private static LockedPackage LockedPackageOf(PackageArchive archive, ProviderTable providers) => new()
    {
        Name = archive.Entry.Name,
        Version = archive.Entry.Version,
        Architecture = archive.Entry.Architecture,
        Repository = "r",
        Suite = "s",
        Url = archive.Filename,
        Size = archive.Entry.DownloadBytes,
        Sha256 = archive.Sha256,
        InstalledSize = archive.Entry.InstalledBytes,
        Description = archive.Summary,
        Depends = providers.DependenciesOf(archive.Entry),
    };
}
