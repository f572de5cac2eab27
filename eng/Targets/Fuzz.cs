namespace Veridian.Targets;

/// <summary>Feeds the parsers with mutated input.</summary>
internal static class Fuzz
{
    /// <summary>Builds and runs the loop, out of the way of other work; the arguments go through.</summary>
    public static int Run(string[] arguments) => Tool.InTurn(
        Native.Ensure,
        () => Check.Dotnet("build", "tests/Veridian.Fuzz"),
        () => Tool.Run("nice", ["-n", "19", "dotnet", Path.Combine(Tool.Artifacts, "bin", "Veridian.Fuzz", "release", "Veridian.Fuzz.dll"), .. arguments]));
}
