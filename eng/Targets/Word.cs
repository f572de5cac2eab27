namespace Veridian.Targets;

/// <summary>One developer command.</summary>
/// <param name="Name">As typed after <c>./build</c>; empty for the default.</param>
/// <param name="Arguments">For the list.</param>
/// <param name="Purpose">For the list.</param>
/// <param name="Run">Takes the arguments after the name, returns the exit code.</param>
internal sealed record Word(string Name, string Arguments, string Purpose, Func<string[], int> Run)
{
    /// <summary>Prints every word with its purpose.</summary>
    public static void List(IEnumerable<Word> words, TextWriter to)
    {
        foreach (var word in words)
        {
            to.WriteLine($"  {$"./build {word.Name} {word.Arguments}".TrimEnd(),-46} {word.Purpose}");
        }
    }

    /// <summary>Complains, guesses what was meant, lists.</summary>
    public static int Unknown(string name, IReadOnlyList<Word> words)
    {
        var near = words.Select(word => word.Name).Where(word => word.Length > 0).MinBy(word => Distance(name, word))!;
        Console.Error.WriteLine($"build: there is no '{name}'." + (Distance(name, near) <= 2 ? $" Did you mean './build {near}'?" : ""));
        List(words, Console.Error);
        return 2;
    }

    // Edits (insert, delete, replace) that make one text of the other.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
