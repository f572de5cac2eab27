using System.Globalization;
using System.Text.Json;
using Veridian.Core.Errors;
using Veridian.Formats.Toml;
using Xunit.Abstractions;

namespace Veridian.Unit.Tests.Formats.Toml;

/// <summary>The conformance suite: every valid file gives the expected tree, every invalid one is refused with a place.</summary>
public sealed class TomlSuiteTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_valid_file_of_the_suite_reads_as_expected()
    {
        var wrong = new List<string>();
        foreach (var file in SuiteFiles("valid"))
        {
            try
            {
                using var actual = JsonDocument.Parse(TomlTaggedJson.Write(TomlDocument.Parse(File.ReadAllBytes(file), Path.GetFileName(file))));
                using var expected = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(file, ".json")));
                if (!Same(expected.RootElement, actual.RootElement))
                {
                    wrong.Add($"{file}: {actual.RootElement}");
                }
            }
            catch (VeridianException exception)
            {
                wrong.Add($"{file}: {exception}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_invalid_file_of_the_suite_is_refused_with_a_place()
    {
        var wrong = new List<string>();
        foreach (var file in SuiteFiles("invalid"))
        {
            try
            {
                _ = TomlDocument.Parse(File.ReadAllBytes(file), Path.GetFileName(file));
                wrong.Add(file);
            }
            catch (InvalidInputException exception) when (exception.Code == ErrorCodes.TomlSyntax && exception.Place is { Line: > 0, Column: > 0 } && exception.Hint.Length > 0)
            {
                output.WriteLine($"{exception.Place}: {exception.Message} {exception.Hint}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private IReadOnlyList<string> SuiteFiles(string half)
    {
        var files = TomlSuite.Files(half);
        if (files.Count == 0)
        {
            output.WriteLine("Skipped: VERIDIAN_TESTDATA has no folder 'toml'.");
        }

        Assert.True(files.Count is 0 or > 50, $"only {files.Count} files");
        return files;
    }

    private static bool Same(JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return false;
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object when expected.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String => SameScalar(expected, actual),
            JsonValueKind.Object => expected.EnumerateObject().Count() == actual.EnumerateObject().Count()
                && expected.EnumerateObject().All(p => actual.TryGetProperty(p.Name, out var other) && Same(p.Value, other)),
            JsonValueKind.Array => expected.GetArrayLength() == actual.GetArrayLength()
                && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(pair => Same(pair.First, pair.Second)),
            _ => throw new InvalidOperationException($"{expected}"),
        };
    }

    private static bool SameScalar(JsonElement expected, JsonElement actual)
    {
        var type = expected.GetProperty("type").GetString();
        var (left, right) = (expected.GetProperty("value").GetString()!, actual.GetProperty("value").GetString()!);
        return type == actual.GetProperty("type").GetString() && type switch
        {
            "float" => Number(left).Equals(Number(right)),
            "datetime" => DateTimeOffset.Parse(left, CultureInfo.InvariantCulture) == DateTimeOffset.Parse(right, CultureInfo.InvariantCulture),
            "datetime-local" or "time-local" => Padded(left) == Padded(right),
            _ => left == right,
        };
    }

    private static string Padded(string time) => time.Contains('.', StringComparison.Ordinal) ? time.TrimEnd('0').TrimEnd('.') : time;

    private static double Number(string text) => text switch
    {
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" or "+nan" or "-nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
