namespace Veridian.Targets;

/// <summary>Compares the solver with others on real data.</summary>
internal static class Differential
{
    /// <summary>Builds and runs it; the arguments go through. Only verdicts go to standard output: others read them.</summary>
    public static int Run(string[] arguments)
    {
        var home = Environment.GetEnvironmentVariable("OLDPWD") ?? Tool.Root;
        var files = arguments.Select(argument => !File.Exists(argument) && File.Exists(Path.Combine(home, argument)) ? Path.Combine(home, argument) : argument);
        return Tool.InTurn(
            Native.Ensure,
            () => Tool.Read(Console.Error.WriteLine, "dotnet", "build", "tests/Veridian.Differential", "-c", "Release", "-v", "quiet", "-nologo"),
            () => Tool.Run("dotnet", [Path.Combine(Tool.Artifacts, "bin", "Veridian.Differential", "release", "Veridian.Differential.dll"), .. files]));
    }
}
