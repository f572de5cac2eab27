using Veridian.Core.Errors;
using Veridian.Posix;

namespace Veridian.Engine.Profiles;

/// <summary>A folder of a project whose files lie over the environment's <c>/etc</c>.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-63.</remarks>
internal static class EtcFolder
{
    private const int MaxBytes = 1 << 20;
    private const int MaxFiles = 1024;

    /// <summary>Its files, sorted by path.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <param name="name">As the profile writes it.</param>
    /// <exception cref="InvalidInputException">There is no such folder, it is empty, too large, or holds anything but files and folders.</exception>
    public static IReadOnlyList<ProfileText> Load(string folder, string name)
    {
        if (!Directory.Exists(folder))
        {
            throw Wrong($"The folder '{name}' is not there.");
        }

        var files = Paths(folder);
        if (files.Count is 0 or > MaxFiles)
        {
            throw Wrong($"The folder '{name}' holds {files.Count} files; 1 to {MaxFiles} may lie over /etc.");
        }

        return [.. files.Select(path => new ProfileText(path, Read(path, name)))];
    }

    /// <summary>Absolute paths of what lies in a folder, sorted; none where there is no such folder.</summary>
    public static IReadOnlyList<string> Paths(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Take(MaxFiles + 1).Order(StringComparer.Ordinal)]
        : [];

    private static byte[] Read(string path, string name)
    {
        // A link would bring in what it leads to, from wherever; a pipe would never end.
        if (PathLookup.TypeOf(path) != EntryType.File || new FileInfo(path).LinkTarget is not null)
        {
            throw Wrong($"'{path}' in the folder '{name}' is no file.");
        }

        return BoundedFile.TryRead(path, MaxBytes) ?? throw Wrong($"'{path}' vanished.");
    }

    private static InvalidInputException Wrong(string message) => new(ErrorCodes.ProfileValue, message, "Correct 'etc' in [profile].");
}
