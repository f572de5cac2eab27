using System.Diagnostics;
using System.Globalization;

namespace Veridian.Targets;

/// <summary>
/// Runs real programs in environments, as an ordinary account: each does something whose result is checked. The programs of a
/// group, a file of <c>eng/matrix</c>, share one environment. What came of it is written into <c>docs/programs.md</c>.
/// </summary>
internal static class Matrix
{
    private const string TableHead = "| program | packages | what is done | result |";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);
    private static readonly string Folder = Environment.GetEnvironmentVariable("VERIDIAN_MATRIX") ?? Path.Combine(Tool.Artifacts, "matrix");
    private static readonly string Program = Environment.GetEnvironmentVariable("VERIDIAN_VPKG") ?? Path.Combine(Tool.Root, "vpkg");
    private static readonly string Document = Path.Combine(Tool.Root, "docs", "programs.md");

    /// <summary>All groups, or the groups and programs that are named.</summary>
    public static int Run(string[] names)
    {
        var groups = Directory.GetFiles(Path.Combine(Tool.Root, "eng", "matrix"), "*.tsv").Order(StringComparer.Ordinal).Select(Group.Read).ToList();
        var known = groups.SelectMany(group => group.Entries.Select(entry => entry.Name).Append(group.Name)).ToHashSet(StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            Console.Error.WriteLine($"build: there is no program or group '{unknown}' in eng/matrix.");
            return 2;
        }

        if (Tool.Run(Program, "--version") is not 0 and var failed || Account.Choose() is not { } account)
        {
            return 1;
        }

        var results = Results.Read(Document);
        foreach (var group in groups)
        {
            var wanted = names.Length == 0 || names.Contains(group.Name) ? group.Entries : [.. group.Entries.Where(entry => names.Contains(entry.Name))];
            if (wanted.Count > 0)
            {
                RunGroup(group.Name, group.Settings, wanted, account, results);
                File.WriteAllText(Document, results.Write(groups));
            }
        }

        Console.WriteLine(results.Summary(groups));
        return groups.SelectMany(group => group.Entries).All(entry => results.Works(entry.Name) || !Meant(entry)) ? 0 : 1;

        bool Meant(Entry entry) => names.Length == 0 || names.Contains(entry.Name) || names.Contains(groups.First(group => group.Entries.Contains(entry)).Name);
    }

    private static void RunGroup(string name, string settings, IReadOnlyList<Entry> entries, Account account, Results results)
    {
        var project = Path.Combine(Folder, name);
        Directory.CreateDirectory(project);
        var packages = entries.SelectMany(entry => entry.Packages).Distinct().Order(StringComparer.Ordinal);
        File.WriteAllText(Path.Combine(project, "vpkg.toml"), $"[packages]\n{string.Concat(packages.Append("bash").Distinct().Select(package => $"\"{package}\" = \"*\"\n"))}\n{settings}");
        File.Delete(Path.Combine(project, "vpkg.lock"));
        account.Own(Folder);
        string[] vpkg = [Program, "--root", Path.Combine(Folder, "root"), "-f", project];
        var (applied, said) = account.Run(project, TimeSpan.FromMinutes(30), [.. vpkg, "apply", "--yes"]);
        Console.WriteLine($"{name}: {said.Trim().Split('\n')[^1]}");
        if (applied != 0 && entries.Count > 1)
        {
            // One package that cannot be set up must not hide what the others do.
            foreach (var entry in entries)
            {
                RunGroup($"{name}-{entry.Name}", settings, [entry], account, results);
            }

            return;
        }

        foreach (var entry in entries)
        {
            var work = Path.Combine(Folder, "work", entry.Name);
            if (Directory.Exists(work))
            {
                Directory.Delete(work, recursive: true);
            }

            Directory.CreateDirectory(work);
            account.Own(work);
            var (code, output) = applied == 0
                ? account.Run(work, Longest, [Path.Combine(project, ".vpkg", "current", "launch"), "--exec", "bash", "-c", entry.Script])
                : (applied, Reason(said));
            results.Set(entry.Name, code, output);
            Console.WriteLine($"  {entry.Name,-16} {results.Of(entry.Name)}");
        }
    }

    /// <summary>The error of a failed apply, in one line.</summary>
    private static string Reason(string said) =>
        "no environment: " + (said.Split('\n').FirstOrDefault(line => line.StartsWith("error", StringComparison.Ordinal)) ?? said.Trim().Split('\n')[^1]);

    /// <summary>A file of programs that are installed together; lines that begin with <c>#!</c> are settings of its profile.</summary>
    private sealed record Group(string Name, string Settings, IReadOnlyList<Entry> Entries)
    {
        public static Group Read(string path) => new(Path.GetFileNameWithoutExtension(path),
            string.Concat(File.ReadLines(path).Where(line => line.StartsWith("#! ", StringComparison.Ordinal)).Select(line => line[3..] + "\n")),
            [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).Select(fields => new Entry(fields[0], fields[1].Split(' '), fields[2], fields[3]))]);
    }

    /// <summary>One program and what it has to do.</summary>
    private sealed record Entry(string Name, IReadOnlyList<string> Packages, string Purpose, string Script);

    /// <summary>Who runs the programs: this account, or an ordinary one where this is root.</summary>
    private sealed record Account(string? Id, string? Group)
    {
        public static Account? Choose()
        {
            if (!Environment.IsPrivilegedProcess)
            {
                return new Account(null, null);
            }

            var ordinary = File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
                .LastOrDefault(fields => fields.Length > 3 && int.Parse(fields[2], CultureInfo.InvariantCulture) is >= 1000 and < 60000);
            if (ordinary is null)
            {
                Console.Error.WriteLine("build: root must not run the programs, and there is no ordinary account: make one with 'useradd -m NAME'.");
                return null;
            }

            return new Account(ordinary[2], ordinary[3]);
        }

        /// <summary>Gives a folder and all in it to the account.</summary>
        public void Own(string folder)
        {
            if (Id is not null)
            {
                Tool.Run("chown", Directory.GetFileSystemEntries(folder).Length > 50 ? [$"{Id}:{Group}", folder] : ["-R", "--from=0", $"{Id}:{Group}", folder]);
            }
        }

        /// <summary>Runs something to its end, or kills it with all it started; gives exit code and what it said.</summary>
        public (int Code, string Said) Run(string folder, TimeSpan longest, string[] command)
        {
            var seconds = ((int)longest.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            string[] whole = ["timeout", "-k", "5", seconds, .. Id is null ? [] : (string[])["setpriv", $"--reuid={Id}", $"--regid={Group}", "--clear-groups"], .. command];
            var start = new ProcessStartInfo(whole[0], whole[1..]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["HOME"] = Path.Combine(Folder, "home");
            foreach (var variable in (string[])["DISPLAY", "VPKG_ENV", "VPKG_ENV_DIGEST", "GOPATH", "GOCACHE", "CARGO_HOME", "RUSTUP_HOME", "PYTHONPATH"])
            {
                start.Environment.Remove(variable);
            }

            Directory.CreateDirectory(start.Environment["HOME"]!);
            Own(start.Environment["HOME"]!);
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + error.GetAwaiter().GetResult());
        }
    }

    /// <summary>The table, by program.</summary>
    private sealed class Results(Dictionary<string, string> rows)
    {
        public static Results Read(string path) => new(File.Exists(path)
            ? File.ReadLines(path).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line != TableHead).Select(line => line.Trim('|', ' ').Split(" | "))
                .Where(fields => fields.Length == 4).ToDictionary(fields => fields[0], fields => fields[3], StringComparer.Ordinal)
            : new(StringComparer.Ordinal));

        public string Of(string name) => rows.GetValueOrDefault(name, "not run");

        public bool Works(string name) => Of(name) == "works";

        public void Set(string name, int code, string said)
        {
            var last = said.Trim().Split('\n')[^1].Replace('|', '/').Replace(Folder, "…", StringComparison.Ordinal).Trim();
            rows[name] = code == 0 ? "works" : $"exit {code}: {(last.Length > 160 ? last[..160] + "…" : last)}";
        }

        public string Summary(IReadOnlyList<Group> groups) =>
            $"{groups.SelectMany(group => group.Entries).Count(entry => Works(entry.Name))} of {groups.Sum(group => group.Entries.Count)} programs work.";

        public string Write(IReadOnlyList<Group> groups)
        {
            var lines = new List<string>
            {
                "# Programs", "",
                "Written by `./build matrix` from its last run; the scripts that decide are in [eng/matrix](../eng/matrix). Every program ran as an ordinary account, in the environment of its group, made from Debian's packages without root.", "",
                Summary(groups),
            };
            foreach (var group in groups)
            {
                lines.AddRange(["", $"## {group.Name}", "", TableHead, "|---|---|---|---|"]);
                lines.AddRange(group.Entries.Select(entry => $"| {entry.Name} | {string.Join(' ', entry.Packages)} | {entry.Purpose} | {Of(entry.Name)} |"));
            }

            return string.Join('\n', lines) + "\n";
        }
    }
}
