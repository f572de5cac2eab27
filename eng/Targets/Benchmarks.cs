namespace Veridian.Targets;

/// <summary>Runs the benchmarks.</summary>
internal static class Benchmarks
{
    /// <summary>Builds and runs them; the arguments go through.</summary>
    public static int Run(string[] arguments) => Tool.InTurn(
        Native.Ensure,
        Check.Compile,
        () => Check.Dotnet("publish", "tests/Veridian.Benchmarks", "-p:PublishDocumentationFiles=false"), // some figures are our own code in a process of its own
        () => Tool.Run("dotnet", [Path.Combine(Tool.Artifacts, "bin", "Veridian.Benchmarks", "release", "Veridian.Benchmarks.dll"), .. arguments]));
}
