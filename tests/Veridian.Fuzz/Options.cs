using System.Globalization;
using Veridian.Fuzz.Loop;

namespace Veridian.Fuzz;

/// <summary>What to run, and for how long.</summary>
internal sealed record Options(IReadOnlyList<Parser> Parsers, FuzzLimits Limits, int Seed)
{
    public const string Usage = "usage: ./build fuzz [PARSER] [--minutes N | --cases N] [--seed N]";

    private const long UsualCases = 100_000;

    /// <summary>Reads the arguments; null if there is one that cannot be read.</summary>
    public static Options? TryRead(ReadOnlySpan<string> args)
    {
        IReadOnlyList<Parser> parsers = Fuzz.Parsers.Everything.All;
        var options = new Options(parsers, new FuzzLimits { Cases = UsualCases }, 1);
        while (!args.IsEmpty)
        {
            if (args is ["--minutes" or "--cases" or "--seed", var value, ..] && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                options = args[0] switch
                {
                    "--minutes" => options with { Limits = new FuzzLimits { Time = TimeSpan.FromMinutes(number) } },
                    "--cases" => options with { Limits = new FuzzLimits { Cases = number } },
                    _ => options with { Seed = number },
                };
                args = args[2..];
            }
            else
            {
                var name = args[0];
                options = options with { Parsers = [.. parsers.Where(parser => parser.Name == name)] };
                args = args[1..];
                if (options.Parsers.Count == 0)
                {
                    return null;
                }
            }
        }

        return options;
    }
}
