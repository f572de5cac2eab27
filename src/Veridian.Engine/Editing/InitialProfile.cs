using System.Text;
using Veridian.Core.Errors;
using Veridian.Engine.Locating;
using Veridian.Formats.Toml;

namespace Veridian.Engine.Editing;

/// <summary>What <c>init</c> writes: a profile, an attribute for git so that the lock merges as text, and an ignore line.</summary>
public static class InitialProfile
{
    /// <summary>The text of a fresh profile.</summary>
    public static byte[] Text(ProfileLocation location) => Encoding.UTF8.GetBytes($"""
        # What this {(location.IsUser ? "user" : "project")} needs. Change it and run 'vpkg apply', or use 'vpkg install NAME'.
        [profile]
        name = {TomlLiteral.String(location.IsUser ? "user" : Path.GetFileName(location.Folder))}

        [packages]

        """);

    /// <summary>Writes the files; existing ones are kept, missing lines are added.</summary>
    /// <returns>The paths written or changed.</returns>
    /// <exception cref="InvalidInputException">There is a profile already.</exception>
    public static IReadOnlyList<string> Write(ProfileLocation location)
    {
        if (File.Exists(location.ProfilePath))
        {
            throw new InvalidInputException(ErrorCodes.AlreadyExists,
                $"'{location.ProfilePath}' is already there.", "Use 'vpkg install NAME' to add packages to it.");
        }

        SmallFile.Write(location.ProfilePath, Text(location));
        var written = new List<string> { location.ProfilePath };
        if (!location.IsUser)
        {
            AddLine(Path.Combine(location.Folder, ".gitattributes"), "vpkg.lock text eol=lf linguist-generated=true merge=vpkg-lock", written);
            AddLine(Path.Combine(location.Folder, ".gitignore"), "/.vpkg/", written);
        }

        return written;
    }

    private static void AddLine(string path, string line, List<string> written)
    {
        var text = Encoding.UTF8.GetString(BoundedFile.TryRead(path, 1 << 20) ?? []);
        if (text.Split('\n').Any(existing => existing.TrimEnd('\r') == line))
        {
            return;
        }

        var separator = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
        SmallFile.Write(path, Encoding.UTF8.GetBytes($"{text}{separator}{line}\n"));
        written.Add(path);
    }
}
