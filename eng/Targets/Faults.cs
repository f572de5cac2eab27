namespace Veridian.Targets;

/// <summary>Runs the built program under faults from outside.</summary>
internal static class Faults
{
    /// <summary>Builds and runs the rows; the arguments go through.</summary>
    public static int Run(string[] arguments) => Tool.InTurn(
        Native.Ensure,
        Check.Compile,
        () => Tool.Run("dotnet", [Path.Combine(Tool.Artifacts, "bin", "Veridian.Faults", "release", "Veridian.Faults.dll"), .. arguments]));
}
