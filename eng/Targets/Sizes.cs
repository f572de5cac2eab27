using System.Text.RegularExpressions;

namespace Veridian.Targets;

/// <summary>Lists what has grown: a step or a concept in it may want its own name.</summary>
internal static partial class Sizes
{
    private const int MethodLimit = 60;
    private const int FileLimit = 400;

    /// <summary>Prints the largest first.</summary>
    public static int Run()
    {
        var files = new[] { "src", "tests", "eng" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Tool.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => (Name: Path.GetRelativePath(Tool.Root, file), Lines: File.ReadAllLines(file)))
            .ToList();

        var rows = files.Where(file => file.Lines.Length > FileLimit).Select(file => (file.Lines.Length, file.Name))
            .Concat(files.SelectMany(file => Methods(file.Lines)
                .Where(method => method.Length > MethodLimit)
                .Select(method => (method.Length, $"{file.Name}:{method.Line} {method.Signature}"))));
        foreach (var (length, what) in rows.OrderByDescending(row => row.Length))
        {
            Console.WriteLine($"{length,5}  {what}");
        }

        return 0;
    }

    // The house style puts braces on lines of their own: a member's body ends at the first '}' as deep as its '{'.
    private static IEnumerable<(int Line, string Signature, int Length)> Methods(string[] lines)
    {
        for (var open = 1; open < lines.Length; open++)
        {
            var indent = lines[open].Length - 1;
            var signature = lines[open - 1].Trim();
            if (lines[open].TrimStart() != "{" || indent is not (4 or 8) || !Signature().IsMatch(signature))
            {
                continue;
            }

            var close = Array.FindIndex(lines, open, line => line.TrimEnd() == lines[open].Replace('{', '}'));
            if (close > open)
            {
                yield return (open, signature, close - open + 2);
            }
        }
    }

    [GeneratedRegex(@"^(?!(if|for|foreach|while|switch|using|lock|catch|else|fixed|new)\b|.*\b(class|struct|record|interface)\b).*\)( where .*| =>)?$")]
    private static partial Regex Signature();
}
