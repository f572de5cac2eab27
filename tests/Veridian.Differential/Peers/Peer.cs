using System.Diagnostics;

namespace Veridian.Differential.Peers;

/// <summary>Another solver's program.</summary>
internal static class Peer
{
    /// <summary>Whether the program is installed.</summary>
    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs it to its end, or for so long; null where the time ran out.</summary>
    public static (int ExitCode, string Output)? Run(TimeSpan timeout, string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("timeout", [((int)timeout.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture), program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C";
        using var child = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = child.StandardError.ReadToEndAsync();
        var output = child.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        child.WaitForExit();
        return child.ExitCode == 124 ? null : (child.ExitCode, output);
    }
}
