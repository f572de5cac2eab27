using Veridian.Fuzz.Loop;
using Veridian.Fuzz.Parsers;

namespace Veridian.Unit.Tests.Fuzz;

/// <summary>A small helping of <c>./build fuzz</c>: every parser, the same cases each time.</summary>
public sealed class ParserTests
{
    private const int Cases = 1000;

    public static TheoryData<string> Names => [.. Everything.All.Select(parser => parser.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Mutated_input_is_read_or_refused_and_nothing_else(string name)
    {
        var parser = Everything.All.Single(parser => parser.Name == name);

        var result = new FuzzRun(parser, new Corpus(null), seed: 1, new FuzzLimits { Cases = Cases }).Run();

        Assert.True(result.Finds.Count == 0, string.Join('\n', result.Finds.Select(find => $"{find.What}\n{Convert.ToBase64String(find.Input)}")));
        Assert.True(result.Cases >= Cases && result.Words > 2, $"{result.Cases} cases, {result.Words} outcomes");
    }

    [Fact]
    public void The_loop_notices_a_crash_a_broken_promise_and_waste()
    {
        var parser = new Veridian.Fuzz.Parser("broken", () => ["begin"u8.ToArray()], input => input switch
        {
            [.., 0xFF] => throw new InvalidOperationException("a crash"),
            { Length: > 60 } => throw new Veridian.Fuzz.BrokenPromiseException("a promise"),
            { Length: 40 } => new byte[300 << 20].Length.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => "fine",
        });

        var result = new FuzzRun(parser, new Corpus(null), seed: 1, new FuzzLimits { Cases = 5000 }).Run();

        Assert.Contains(result.Finds, find => find.What.Contains("a crash", StringComparison.Ordinal));
        Assert.Contains(result.Finds, find => find.What.Contains("a promise", StringComparison.Ordinal));
        Assert.Contains(result.Finds, find => find.What.Contains("allocates", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_seed_makes_the_same_cases()
    {
        static string Trace(int seed)
        {
            var mutation = new Mutation(seed, ["word"], 100);
            return string.Join(' ', Enumerable.Range(0, 50).Select(_ => Convert.ToHexString(mutation.Change("some input"u8.ToArray(), "other"u8.ToArray()))));
        }

        Assert.Equal(Trace(7), Trace(7));
        Assert.NotEqual(Trace(7), Trace(8));
    }
}
