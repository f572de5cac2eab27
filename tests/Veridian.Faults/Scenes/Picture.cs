using System.Diagnostics;
using Veridian.Store.Generations;
using Veridian.Testing;

namespace Veridian.Faults.Scenes;

/// <summary>What a person sees of a place: which packages are current, what their programs say, and the two files beside it.</summary>
/// <param name="Closure">Store paths, one a line; empty where nothing was ever applied.</param>
/// <param name="Programs">What each program of the generation says.</param>
/// <param name="Etc">The files of the generation's own <c>/etc</c>; empty where it has none.</param>
/// <param name="Profile">The profile's text.</param>
/// <param name="Lock">The lock's text; empty where there is none.</param>
internal sealed record Picture(string Closure, string Programs, string Etc, string Profile, string Lock)
{
    /// <summary>Looks, and runs the programs.</summary>
    public static Picture Take(Site site) => Take(site, site.Project);

    /// <summary>The same for another project at the site.</summary>
    public static Picture Take(Site site, string project)
    {
        var state = site.StateOf(project);
        var closure = GenerationFolder.ReadCurrent(state) is { } record ? string.Join('\n', record.Closure.Select(path => path.Text).Order(StringComparer.Ordinal)) : "";
        return new Picture(closure, RunPrograms(Path.Combine(state, "current/bin")), ReadAll(Path.Combine(state, "current/root-etc")), Read(Path.Combine(project, "vpkg.toml")), Read(Path.Combine(project, "vpkg.lock")));
    }

    private static string RunPrograms(string folder)
    {
        if (!TinyProgram.Runs || Surroundings.MissingReason(Needs.Bubblewrap) is not null || !Directory.Exists(folder))
        {
            return "";
        }

        return string.Concat(Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal).Select(path =>
        {
            using var process = Process.Start(new ProcessStartInfo(path) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return $"{Path.GetFileName(path)}: exit {process.ExitCode} {output}{error.Result}\n";
        }));
    }

    private static string ReadAll(string folder) => Directory.Exists(folder)
        ? string.Concat(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path[folder.Length..]}: {new FileInfo(path).LinkTarget ?? Read(path)}\n"))
        : "";

    private static string Read(string path) => File.Exists(path) ? File.ReadAllText(path) : "";
}
