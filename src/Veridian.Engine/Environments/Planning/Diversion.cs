using System.Text;

namespace Veridian.Engine.Environments.Planning;

/// <summary>A package's wish that files of all others at a path lie elsewhere.</summary>
/// <param name="Package">Who wishes it; its own file keeps the path.</param>
/// <param name="Path">The path spoken of, inside the environment.</param>
/// <param name="NewPath">Where the others' file goes.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-6.</remarks>
public sealed record Diversion(string Package, string Path, string NewPath)
{
    /// <summary>Finds the <c>dpkg-divert --add</c> commands of a script that are literal; others are left alone.</summary>
    public static IReadOnlyList<Diversion> Read(string package, ReadOnlySpan<byte> script)
    {
        if (script.IndexOf("dpkg-divert"u8) < 0)
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(script).Replace("\\\n", " ", StringComparison.Ordinal);
        return [.. text.Split('\n').Select(line => ReadLine(package, line)).OfType<Diversion>()];
    }

    private static Diversion? ReadLine(string package, string line)
    {
        var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('"', '\'')).ToList();
        var command = words.FindIndex(word => word is "dpkg-divert" or "/usr/sbin/dpkg-divert" or "/usr/bin/dpkg-divert");
        if (command < 0 || line.AsSpan().TrimStart().StartsWith("#") || words.Exists(word => word.Contains('$', StringComparison.Ordinal) || word.StartsWith("--remove", StringComparison.Ordinal)))
        {
            return null;
        }

        string? to = null, from = null;
        for (var i = command + 1; i < words.Count && !IsShellWord(words[i]); i++)
        {
            switch (words[i])
            {
                case "--divert" when i + 1 < words.Count:
                    to = words[++i];
                    break;
                case "--package" when i + 1 < words.Count:
                    i++;
                    break;
                case var word when word.StartsWith("--divert=", StringComparison.Ordinal):
                    to = word["--divert=".Length..];
                    break;
                case var word when !word.StartsWith('-'):
                    from = word;
                    break;
            }
        }

        return TreePath.FromAbsolute(from) is { } path
            ? new Diversion(package, path, TreePath.FromAbsolute(to) ?? path + ".distrib")
            : null;
    }

    private static bool IsShellWord(string word) => word.Length == 0 || ";|&<>()".Contains(word[0], StringComparison.Ordinal) || word.StartsWith("2>", StringComparison.Ordinal);
}
