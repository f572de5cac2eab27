using Veridian.Core.Errors;

namespace Veridian.Build.Sandbox;

/// <summary>Finds the programs that a sandbox needs.</summary>
/// <remarks>Source: <c>spec/sandbox.md</c> B-6.</remarks>
public static class SandboxPrograms
{
    /// <summary>The absolute path of bubblewrap: first in the search path, then in the private folder.</summary>
    /// <param name="searchPath">The caller's PATH; relative entries are passed over.</param>
    /// <param name="nativeFolder">Folder whose <c>bin</c> holds our own copy; null when there is none.</param>
    /// <exception cref="UnavailableException"><see cref="ErrorCodes.NativeLibraryMissing"/>: neither has it.</exception>
    public static string FindBubblewrap(string searchPath, string? nativeFolder) =>
        Find("bwrap", searchPath, nativeFolder) ?? throw new UnavailableException(
            ErrorCodes.NativeLibraryMissing,
            "The program 'bwrap' (bubblewrap) is not installed.",
            "Install the package 'bubblewrap' with the system's package tool.");

    /// <summary>The absolute path of a program, or null.</summary>
    public static string? Find(string name, string searchPath, string? nativeFolder)
    {
        var folders = searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).ToList();
        if (nativeFolder is not null)
        {
            folders.Add(Path.Combine(nativeFolder, "bin"));
        }

        return folders.Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsProgram);
    }

#pragma warning disable CA1416 // runs on Linux only
    private static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
#pragma warning restore CA1416
}
