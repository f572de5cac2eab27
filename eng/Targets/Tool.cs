using System.Diagnostics;

namespace Veridian.Targets;

/// <summary>Runs other programs from the root of the working copy.</summary>
internal static class Tool
{
    /// <summary>The folder of the solution; <c>./build</c> starts us there.</summary>
    public static string Root { get; } = Environment.CurrentDirectory;

    /// <summary>Where builds go.</summary>
    public static string Artifacts { get; } = Path.Combine(Root, "artifacts");

    /// <summary>Runs a program on our own terminal and returns its exit code.</summary>
    public static int Run(string program, params IEnumerable<string> arguments)
    {
        using var child = Start(new ProcessStartInfo(program, arguments));
        child.WaitForExit();
        return child.ExitCode;
    }

    /// <summary>Runs a program and hands over every line it prints; its errors go to our own.</summary>
    public static int Read(Action<string> line, string program, params IEnumerable<string> arguments)
    {
        using var child = Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true });
        while (child.StandardOutput.ReadLine() is { } text)
        {
            line(text);
        }

        child.WaitForExit();
        return child.ExitCode;
    }

    /// <summary>The exit code of the first step that fails, else of the last.</summary>
    public static int InTurn(params ReadOnlySpan<Func<int>> steps)
    {
        foreach (var step in steps)
        {
            if (step() is not 0 and var failure)
            {
                return failure;
            }
        }

        return 0;
    }

    private static Process Start(ProcessStartInfo start)
    {
        start.WorkingDirectory = Root;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en"; // the summaries of test runs are read by us
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }
}
