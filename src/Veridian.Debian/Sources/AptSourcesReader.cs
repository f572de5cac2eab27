namespace Veridian.Debian.Sources;

/// <summary>Reads apt's source lists. Nothing in them is an error of the whole file: what cannot be used is listed with its reason.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-15, DB-16.</remarks>
public static class AptSourcesReader
{
    /// <summary>Picks the syntax by the file's name: <c>.sources</c> is deb822, all else is one line per entry.</summary>
    /// <param name="text">At most 1 MiB of characters are looked at.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static AptSources Read(string text, string file) => throw new NotSupportedException();
}
