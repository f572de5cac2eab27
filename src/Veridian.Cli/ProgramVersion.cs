namespace Veridian.Cli;

/// <summary>The version of the program, as built.</summary>
internal static class ProgramVersion
{
    /// <summary>Three numbers, <c>0.1.0</c>.</summary>
    public static string Text => typeof(ProgramVersion).Assembly.GetName().Version?.ToString(3) ?? "0";
}
