using Veridian.Benchmarks.Figures;

namespace Veridian.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Figures">Which figures, in the order of the report.</param>
/// <param name="Rounds">Samples of each side.</param>
/// <param name="JsonPath">Where all samples go; null for nowhere.</param>
internal sealed record Options(IReadOnlyList<Figure> Figures, int Rounds, string? JsonPath)
{
    /// <summary>How it is typed.</summary>
    public static string Usage => $"usage: ./build bench [NAME]... [--rounds N] [--json FILE]\nnames: {string.Join(' ', Figure.All.Select(figure => figure.Name))}";

    /// <summary>Reads it; null if it cannot be understood.</summary>
    public static Options? TryRead(IReadOnlyList<string> arguments)
    {
        var (names, rounds, json) = (new List<string>(), 5, (string?)null);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--rounds" when i + 1 < arguments.Count && int.TryParse(arguments[i + 1], out rounds) && rounds > 0:
                    i++;
                    break;
                case "--json" when i + 1 < arguments.Count:
                    json = Path.GetFullPath(arguments[++i]);
                    break;
                case ['-', ..]:
                    return null;
                default:
                    names.Add(arguments[i]);
                    break;
            }
        }

        var figures = Figure.All.Where(figure => names.Count == 0 || names.Any(name => figure.Name.Contains(name, StringComparison.Ordinal))).ToArray();
        return figures.Length > 0 ? new Options(figures, rounds, json) : null;
    }
}
