using System.Globalization;

namespace Veridian.Engine.Locating;

/// <summary>
/// The key of a profile's state folder: the name of its folder for people, and 64 bits of its path for machines.
/// The state folder records the whole path, so that a moved or deleted project can be told.
/// </summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-3. FNV-1a, because this runs in every start of a command and protects nothing.</remarks>
public static class ProjectId
{
    /// <summary>Makes the key of a profile's full path.</summary>
    public static string Of(string profilePath)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in profilePath)
        {
            hash = (hash ^ (byte)c) * 1099511628211UL;
            hash = (hash ^ (byte)(c >> 8)) * 1099511628211UL;
        }

        var folder = Path.GetFileName(Path.GetDirectoryName(profilePath) ?? "") ?? "";
        var plain = new char[Math.Min(folder.Length, 40)];
        for (var i = 0; i < plain.Length; i++)
        {
            var c = char.ToLowerInvariant(folder[i]);
            plain[i] = char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-';
        }

        var lead = plain.Length == 0 || !char.IsAsciiLetterOrDigit(plain[0]) ? "p" : "";
        return string.Concat(lead, new string(plain), "-", hash.ToString("x16", CultureInfo.InvariantCulture));
    }
}
