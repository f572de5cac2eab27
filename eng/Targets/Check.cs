namespace Veridian.Targets;

/// <summary>What comes before tests: formatting and compiling.</summary>
internal static class Check
{
    private const string Solution = "Veridian.Store.sln";

    /// <summary>Format check, Release build, unit tests.</summary>
    public static int Run() => Tool.InTurn(() => Format(verify: true), Compile, () => Tests.Run(["unit"]));

    /// <summary>White space only: the compiler itself enforces the rest of the style.</summary>
    public static int Format(bool verify) =>
        // Folder by folder: among hundreds of thousands of files below artifacts/ it would search for minutes.
        Tool.InTurn([.. new[] { "src", "tests", "eng" }.Select<string, Func<int>>(folder => () =>
            Tool.Run("dotnet", ["format", "whitespace", folder, "--folder", .. verify ? ["--verify-no-changes"] : Array.Empty<string>()]))]);

    /// <summary>Compiles the solution as Release, quietly, and tells ./vpkg that it is up to date.</summary>
    public static int Compile() => Compile(Solution);

    /// <summary>The same for the program alone.</summary>
    public static int CompileProgram() => Compile("src/Veridian.Cli");

    private static int Compile(string what)
    {
        Directory.CreateDirectory(Tool.Artifacts);
        var started = Path.Combine(Tool.Artifacts, "stamp.build");
        File.WriteAllText(started, DotnetFolder() + "\n");

        // Where the native compiler cannot be fetched, or nothing links what it makes, the program starts slower and is the same otherwise.
        var native = HasLinker() && Locked("dotnet", "restore", Solution, "-v", "quiet") == 0;
        var code = Dotnet("build", what, native ? ["--no-restore"] : ["-p:PublishAot=false", "-p:RestoreLockedMode=false"]);
        if (code == 0)
        {
            File.Move(started, Path.Combine(Tool.Artifacts, "vpkg.stamp"), overwrite: true);
        }

        return code;
    }

    private static bool HasLinker() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Any(folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));

    /// <summary>Compiles or publishes as Release under the lock that ./vpkg takes too: two builds must not write the same files.</summary>
    public static int Dotnet(string verb, string what, params IEnumerable<string> arguments) =>
        Locked("dotnet", [verb, what, "-c", "Release", "-v", "quiet", "-nologo", .. arguments]);

    private static int Locked(string program, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(Tool.Artifacts);
        return Tool.Run("flock", ["--close", Path.Combine(Tool.Artifacts, "vpkg.lock"), program, .. arguments]);
    }

    /// <summary>Deletes everything that was built.</summary>
    public static int Clean()
    {
        if (Directory.Exists(Tool.Artifacts))
        {
            Directory.Delete(Tool.Artifacts, recursive: true);
        }

        return 0;
    }

    /// <summary>Where the .NET runtime lies that builds this: what a launcher tells the program.</summary>
    public static string DotnetFolder()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        var runtime = new DirectoryInfo(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory());
        return runtime.Parent!.Parent!.Parent!.FullName;
    }
}
