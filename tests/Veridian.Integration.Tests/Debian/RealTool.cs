using System.Diagnostics;

namespace Veridian.Integration.Tests.Debian;

/// <summary>Runs a program of this machine, or says that it is not there.</summary>
internal static class RealTool
{
    /// <summary>Whether the program is there; prints the reason for skipping when it is not.</summary>
    internal static bool IsMissing(string program)
    {
        var missing = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').All(folder => !File.Exists(Path.Combine(folder, program)));
        if (missing)
        {
            Console.WriteLine($"skipped: {program} is not installed");
        }

        return missing;
    }

    internal static async Task<byte[]> RunAsync(string program, string[] arguments, byte[]? input = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var output = new MemoryStream();
        await Task.WhenAll(
            FeedAsync(process.StandardInput, input ?? []),
            process.StandardOutput.BaseStream.CopyToAsync(output),
            process.StandardError.BaseStream.CopyToAsync(Stream.Null));
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}");
        return output.ToArray();
    }

    private static async Task FeedAsync(StreamWriter standardInput, byte[] bytes)
    {
        await standardInput.BaseStream.WriteAsync(bytes);
        standardInput.Close();
    }
}
