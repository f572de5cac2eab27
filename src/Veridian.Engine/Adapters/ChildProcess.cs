using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Engine.Adapters;

/// <summary>Runs a short-lived tool with empty input and a small environment, and keeps what it prints within a limit.</summary>
internal static class ChildProcess
{
    private const int MaxCharacters = 1024 * 1024;

    /// <summary>What a tool printed, and its exit code.</summary>
    public sealed record Outcome(int ExitCode, string Output, string Errors);

    /// <summary>Runs a tool to its end; kills it when cancelled.</summary>
    /// <exception cref="UnavailableException">It cannot be started.</exception>
    public static async ValueTask<Outcome> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
            StandardErrorEncoding = Encoding.Latin1,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Start(start);
        try
        {
            process.StandardInput.Close();
            var output = ReadAsync(process.StandardOutput, cancellationToken);
            var errors = ReadAsync(process.StandardError, cancellationToken);
            await Task.WhenAll(output, errors);
            await process.WaitForExitAsync(cancellationToken);
            return new Outcome(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception cause)
        {
            throw new UnavailableException(
                ErrorCodes.NativeLibraryMissing, $"The program '{start.FileName}' cannot be started: {cause.Message}.", "Install it again.", cause);
        }
    }

    // What is beyond the limit is read, so that the tool does not block, and dropped.
    private static async Task<string> ReadAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var (text, buffer) = (new StringBuilder(), new char[4096]);
        for (int count; (count = await reader.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            text.Append(buffer, 0, Math.Min(count, MaxCharacters - text.Length));
        }

        return text.ToString();
    }
}
