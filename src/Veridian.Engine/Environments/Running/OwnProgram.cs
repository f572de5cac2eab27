namespace Veridian.Engine.Environments.Running;

/// <summary>How the program that made a generation is started on the host.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Variables">What it needs to start, by name: the runtime's folder, native libraries.</param>
public sealed record OwnProgram(string Path, IReadOnlyList<(string Name, string Value)> Variables)
{
    private static readonly string[] Needed = ["DOTNET_ROOT", "LD_LIBRARY_PATH", "VPKG_NATIVE"];

    /// <summary>This process's own program; null where it was started in a way that a path does not tell, as in tests.</summary>
    /// <param name="path">Absolute path of the process's file.</param>
    /// <param name="variable">Looks up a variable.</param>
    public static OwnProgram? Of(string? path, Func<string, string?> variable) => System.IO.Path.GetFileName(path) == "vpkg"
        ? new OwnProgram(path!, [.. Needed.Select(name => (name, variable(name))).Where(pair => !string.IsNullOrEmpty(pair.Item2)).Select(pair => (pair.name, pair.Item2!))])
        : null;
}
