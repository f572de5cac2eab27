using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>A person with a project, a repository of tiny packages and the built program.</summary>
internal sealed partial class Journey : IDisposable
{
    private static readonly IReadOnlyList<string> Program = Checkout.Program;
    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _transcript = new();

    public Journey()
    {
        Folder = _folder.PathOf("project");
        Directory.CreateDirectory(Folder);
        Repository = new LocalRepository(_folder.PathOf("repository"), TimeProvider.System.GetUtcNow().AddDays(-1));
    }

    /// <summary>The project's folder, where every command starts.</summary>
    public string Folder { get; }

    public string Root => _folder.PathOf("root");

    public LocalRepository Repository { get; }

    /// <summary>More variables for the program.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Words that stand before the program: <c>strace -f</c>, or nothing.</summary>
    public string[] Before { get; set; } = [];

    public string ProfilePath => Path.Combine(Folder, "vpkg.toml");

    public string Profile
    {
        get => File.ReadAllText(ProfilePath);
        set => File.WriteAllText(ProfilePath, value);
    }

    /// <summary>Everything that was said so far, with places, digests, times and sizes replaced by words.</summary>
    public string Transcript => _transcript.ToString();

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Runs the program to its end.</summary>
    public Said Vpkg(params string[] arguments) => VpkgIn(Folder, arguments);

    /// <summary>Runs the program to its end in another folder.</summary>
    public Said VpkgIn(string folder, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"vpkg {string.Join(' ', arguments)}");
        }

        var said = new Said(process.ExitCode, output, error.Result);
        _transcript.Append(Scrub($"$ vpkg {string.Join(' ', arguments)}\n{said.Error}{said.Output}")).Append(said.ExitCode == 0 ? "" : $"[exit {said.ExitCode}]\n").Append('\n');
        return said;
    }

    /// <summary>Starts the program, with its input at an end.</summary>
    public Process Start(string folder, params string[] arguments)
    {
        string[] words = [.. Before, .. Program, .. arguments.Take(1), "--root", Root, .. arguments.Skip(1)];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VPKG_", StringComparison.Ordinal) && name != "VPKG_NATIVE").ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = _folder.Path;
        start.Environment["TERM"] = "xterm";
        start.Environment["TZ"] = "UTC";
        // The host's own apt configuration is none of these tests' business.
        start.Environment["VPKG_HOST_ROOT"] = _folder.PathOf("no-host");
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs the program and expects success.</summary>
    public Said Works(params string[] arguments)
    {
        var said = Vpkg(arguments);
        Assert.True(said.ExitCode == 0, $"vpkg {string.Join(' ', arguments)} ended with {said.ExitCode}\n{said.Error}{said.Output}");
        return said;
    }

    /// <summary>A profile with the repository and some packages.</summary>
    public Journey Write(string packages, string more = "")
    {
        Profile = $"{Repository.ProfileTable}\n[packages]\n{packages}\n{more}";
        return this;
    }

    /// <summary>What varies from run to run, replaced by words.</summary>
    public string Scrub(string text)
    {
        text = text.Replace(Folder, "PROJECT", StringComparison.Ordinal).Replace(_folder.Path, "FOLDER", StringComparison.Ordinal);
        text = StoreDigest().Replace(text, "DIGEST");
        text = HexDigest().Replace(text, "DIGEST");
        text = ProjectKey().Replace(text, "project-KEY");
        text = Stamp().Replace(text, "TIME");
        text = FileCount().Replace(text, "N files");
        text = JsonSize().Replace(text, "$1SIZE");
        return Size().Replace(text, "SIZE").Replace("\r", "", StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("[a-z2-7]{50,56}(?=-)")]
    private static partial Regex StoreDigest();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex HexDigest();

    [GeneratedRegex("project-[0-9a-f]{16}")]
    private static partial Regex ProjectKey();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|\+00:00)?")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"(""(?:\w*[bB]ytes|files)"": )\d+")]
    private static partial Regex JsonSize();

    [GeneratedRegex(@"\d+ files")]
    private static partial Regex FileCount();

    [GeneratedRegex(@"\b\d+(\.\d+)? ?(B|kB|KB|MB|GB|KiB|MiB|GiB|bytes)\b(/s)?")]
    private static partial Regex Size();
}

/// <summary>What a command said and how it ended.</summary>
internal sealed record Said(int ExitCode, string Output, string Error);
