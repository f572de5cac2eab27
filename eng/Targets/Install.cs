namespace Veridian.Targets;

/// <summary>Puts vpkg where a login shell finds it, and takes it away again.</summary>
internal static class Install
{
    private const string ManualFolder = "share/man/man1";

    private static readonly (string Shell, string File)[] Completions =
    [
        ("bash", "share/bash-completion/completions/vpkg"),
        ("zsh", "share/zsh/site-functions/_vpkg"),
        ("fish", "share/fish/vendor_completions.d/vpkg.fish"),
    ];

    /// <summary>Copies the published program, writes launcher, completions and manual pages, says what to add to PATH.</summary>
    public static int Run(string[] arguments)
    {
        if (Prefix(arguments) is not { } prefix)
        {
            return 2;
        }

        var (library, fresh) = (Path.Combine(prefix, "lib", "vpkg"), Path.Combine(prefix, "lib", "vpkg.new"));
        var native = Path.Combine(library, "native");
        Directory.CreateDirectory(Path.GetDirectoryName(library)!);
        Remove(fresh);
        var failure = Tool.InTurn(
            Check.CompileProgram,
            () => Tool.Run("cp", "-R", Path.Combine(Tool.Artifacts, "publish", "Veridian.Cli", "release"), fresh),
            () => Replace(library, fresh));
        if (failure != 0)
        {
            return failure;
        }

        _ = Tool.Run(Path.Combine(Tool.Root, "eng", "native"), native); // says itself what is missing; vpkg says it again when it needs it
        var launcher = Path.Combine(prefix, "bin", "vpkg");
        WriteLauncher(launcher);
        WriteCompletions(prefix, launcher);
        WriteManual(prefix, launcher);
        Console.WriteLine($"vpkg is installed: {launcher}");
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Contains(Path.GetDirectoryName(launcher)))
        {
            Console.WriteLine($"Add it to PATH:  export PATH=\"{Path.GetDirectoryName(launcher)}:$PATH\"");
        }

        return 0;
    }

    /// <summary>Deletes exactly what <see cref="Run"/> made; stores and profiles stay.</summary>
    public static int Undo(string[] arguments)
    {
        if (Prefix(arguments) is not { } prefix)
        {
            return 2;
        }

        var library = Path.Combine(prefix, "lib", "vpkg");
        if (!File.Exists(Path.Combine(library, "vpkg")))
        {
            Console.Error.WriteLine($"build: there is no vpkg in {prefix}.");
            return 1;
        }

        Remove(library);
        var manual = Path.Combine(prefix, ManualFolder);
        var pages = Directory.Exists(manual) ? Directory.GetFiles(manual, "vpkg*.1").Select(page => Path.GetRelativePath(prefix, page)) : [];
        foreach (var file in Completions.Select(completion => completion.File).Append("bin/vpkg").Concat(pages))
        {
            var path = Path.Combine(prefix, file);
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }

        Console.WriteLine($"vpkg is gone from {prefix}; stores, profiles and caches are untouched.");
        return 0;
    }

    private static string? Prefix(string[] arguments)
    {
        if (arguments is ["--prefix", { Length: > 0 } folder])
        {
            return Path.GetFullPath(folder);
        }

        if (arguments.Length > 0)
        {
            Console.Error.WriteLine("build: the only option is --prefix DIR.");
            return null;
        }

        return Environment.IsPrivilegedProcess
            ? "/usr/local"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local");
    }

    private static int Replace(string folder, string fresh)
    {
        var old = folder + ".old";
        Remove(old);
        if (Directory.Exists(folder))
        {
            Directory.Move(folder, old);
        }

        Directory.Move(fresh, folder);
        Remove(old);
        return 0;
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void WriteLauncher(string launcher)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(launcher)!);
        var text = File.ReadAllText(Path.Combine(Tool.Root, "eng", "launcher")).Replace("@DOTNET_ROOT@", Check.DotnetFolder(), StringComparison.Ordinal);
        File.WriteAllText(launcher + ".new", text);
        File.SetUnixFileMode(launcher + ".new", (UnixFileMode)0b111_101_101);
        File.Move(launcher + ".new", launcher, overwrite: true);
    }

    private static void WriteManual(string prefix, string launcher)
    {
        if (Tool.Run(launcher, "man", "--output", Path.Combine(prefix, ManualFolder)) != 0)
        {
            Console.Error.WriteLine("build: no manual pages.");
        }
    }

    private static void WriteCompletions(string prefix, string launcher)
    {
        foreach (var (shell, file) in Completions)
        {
            var lines = new List<string>();
            if (Tool.Read(lines.Add, launcher, "completion", shell) == 0 && lines.Count > 0)
            {
                var path = Path.Combine(prefix, file);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllLines(path, lines);
            }
            else
            {
                Console.Error.WriteLine($"build: no completions for {shell}.");
            }
        }
    }
}
