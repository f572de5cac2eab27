using Veridian.Core.Errors;

namespace Veridian.Engine.Adapters;

/// <summary>Finds a program of the system: in PATH first, else in the private folder that <c>VPKG_NATIVE</c> names.</summary>
internal static class NativeTool
{
    /// <summary>The program's path.</summary>
    /// <exception cref="UnavailableException">It is nowhere.</exception>
    public static string Find(string name, string package, string? searchPath, string? nativeFolder)
    {
        var folders = (searchPath ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted);
        if (!string.IsNullOrEmpty(nativeFolder))
        {
            folders = folders.Append(Path.Combine(nativeFolder, "bin")).Append(Path.Combine(nativeFolder, "usr", "bin"));
        }

        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(IsExecutable) ?? throw new UnavailableException(
            ErrorCodes.NativeLibraryMissing, $"The program '{name}' is not installed.", $"Install the package '{package}'.");
    }

#pragma warning disable CA1416 // this program runs on Linux only
    private static bool IsExecutable(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;
#pragma warning restore CA1416
}
