using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Veridian.Testing;

/// <summary>A package of the host's own shell and a few programs with their libraries, so that scripts run without any package of Debian.</summary>
public static partial class HostSystem
{
    private static readonly string[] Programs =
    [
        "/bin/sh", "/usr/bin/cat", "/usr/bin/chmod", "/usr/bin/chown", "/usr/bin/date", "/usr/bin/dd", "/usr/bin/id", "/usr/bin/ln", "/usr/bin/ls", "/usr/bin/mkdir",
        "/usr/bin/mv", "/usr/bin/nproc", "/usr/bin/rm", "/usr/bin/sleep", "/usr/bin/touch", "/usr/bin/update-alternatives", "/usr/bin/dpkg-trigger", "/usr/bin/dpkg-query",
    ];

    /// <summary>Its files: path in a merged tree, and bytes; all of them can be executed.</summary>
    public static IReadOnlyList<(string Path, byte[] Content)> Files { get; } = Read();

    /// <summary>The package, which is essential.</summary>
    public static TinyPackage Package()
    {
        var package = new TinyPackage("system", "1.0").Field("Essential", "yes");
        foreach (var (path, content) in Files)
        {
            package.Executable(path, content);
        }

        return package;
    }

    private static (string Path, byte[] Content)[] Read() =>
        [.. Programs.Where(File.Exists).SelectMany(WithLibraries).Distinct().Order(StringComparer.Ordinal)
            .Select(path => (path.StartsWith("/usr/", StringComparison.Ordinal) ? path[1..] : "usr" + path, File.ReadAllBytes(path)))];

    private static IEnumerable<string> WithLibraries(string program)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/ldd", program) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return LibraryPath().Matches(output).Select(match => match.Value).Append(program);
    }

    [GeneratedRegex("/[^ ]+\\.so[^ ]*")]
    private static partial Regex LibraryPath();
}
