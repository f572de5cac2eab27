using System.Reflection;
using System.Text.RegularExpressions;
using Veridian.Core.Errors;
using Veridian.Testing;

namespace Veridian.Unit.Tests.Architecture;

/// <summary>Every error id is described in <c>spec/errors.md</c>, with its class, exit code, meaning and what to do.</summary>
public sealed partial class ErrorCodeTests
{
    // ER-2: the class and the exit code follow from the first digits.
    private static readonly (string Prefix, string Class, string Exit)[] Classes =
    [
        ("VS0", "bug", "1"), ("VS1", "input", "2"), ("VS2", "unsolvable", "3"), ("VS3", "untrusted", "4"), ("VS4", "unavailable", "5"),
        ("VS5", "failed", "6"), ("VS60", "storage", "5"), ("VS61", "damaged", "7"), ("VS62", "failed", "6"),
        ("VS6301", "running", "127"), ("VS6302", "running", "126"), ("VS631", "running", "5"), ("VS7", "busy", "8"),
    ];

    private static IEnumerable<ErrorCode> Codes => typeof(ErrorCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(member => member.GetValue(null))
        .OfType<ErrorCode>();

    private static List<Match> Rows =>
        [.. File.ReadLines(Checkout.PathOf("spec/errors.md")).Select(line => Row().Match(line)).Where(match => match.Success)];

    [Fact]
    public void Every_code_is_described_and_every_description_has_a_code() =>
        Assert.Equal(
            Codes.Select(code => code.Id).Order(StringComparer.Ordinal),
            Rows.Select(row => row.Groups["id"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_class_and_the_exit_code_follow_from_the_id()
    {
        foreach (var row in Rows)
        {
            var id = row.Groups["id"].Value;
            var (_, expected, exit) = Classes.Single(known => id.StartsWith(known.Prefix, StringComparison.Ordinal));
            Assert.Equal((id, expected, exit), (id, row.Groups["class"].Value, row.Groups["exit"].Value));
        }
    }

    [Fact]
    public void A_description_says_what_happened_and_what_to_do() =>
        Assert.All(Rows, row => Assert.True(
            row.Groups["meaning"].Length >= 15 && row.Groups["remedy"].Length >= 10,
            $"{row.Groups["id"].Value} needs a meaning and a remedy"));

    [Fact]
    public void No_id_stands_for_two_things()
    {
        Assert.Equal(Codes.Count(), Codes.Select(code => code.Id).Distinct().Count());
        Assert.Equal(Codes.Count(), Codes.Select(code => code.Title).Distinct().Count());
    }

    [GeneratedRegex(@"^\| (?<id>VS\d{4}) \| (?<class>\w+) \| (?<exit>\d+) \| (?<meaning>[^|]+) \| (?<remedy>[^|]+) \|$")]
    private static partial Regex Row();
}
