using System.Xml.Linq;
using Veridian.Testing;

namespace Veridian.Targets;

/// <summary>Runs tests and says how many passed.</summary>
internal static class Tests
{
    private static readonly (string Layer, string Project)[] Layers =
    [
        ("unit", "Veridian.Unit.Tests"),
        ("integration", "Veridian.Integration.Tests"),
        ("e2e", "Veridian.EndToEnd.Tests"),
    ];

    /// <summary>Runs every layer, the one named, or in all layers the tests whose full name contains a text.</summary>
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 1)
        {
            Console.Error.WriteLine("build: test takes one of unit, integration, e2e, or a part of test names.");
            return 2;
        }

        var chosen = Layers.Where(layer => arguments.Length == 0 || layer.Layer == arguments[0]).ToArray();
        return Tool.InTurn(
            Native.Ensure,
            () => chosen is [("unit", var project)] ? Check.Dotnet("build", "tests/" + project) : Check.Compile(), // needs nothing beside itself
            () => chosen.Length == 0 ? Sum(Layers, arguments[0]) : Sum(chosen, null));
    }

    /// <summary>Runs unit and end-to-end tests so that they rewrite what they otherwise compare.</summary>
    /// <param name="variable">Set to 1 for the tests.</param>
    /// <param name="arguments">At most one part of test names.</param>
    public static int Rewrite(string variable, params string[] arguments)
    {
        Environment.SetEnvironmentVariable(variable, "1");
        var failure = Run(arguments);
        Tool.Run("git", "status", "--short");
        return failure;
    }

    private static int Sum((string Layer, string Project)[] layers, string? filter)
    {
        var (output, failure) = (new List<string>(), 0);
        var results = Path.Combine(Tool.Artifacts, "test-results");
        foreach (var (layer, project) in layers)
        {
            var program = Path.Combine(Tool.Artifacts, "bin", project, "release", project + ".dll");
            string[] only = filter is null ? [] : ["--filter", $"FullyQualifiedName~{filter}"];
            var code = Tool.Read(
                line =>
                {
                    output.Add(line);
                    if (IsWorthReading(line))
                    {
                        Console.WriteLine(line);
                    }
                },
                "dotnet",
                ["test", program, "--nologo", "--logger", "console;verbosity=minimal",
                    "--logger", $"trx;LogFileName={layer}.trx", "--results-directory", results, .. only]);
            failure = Math.Max(failure, code);
            PrintWhySkipped(Path.Combine(results, layer + ".trx"));
        }

        var sum = TestSummary.Read(output);
        Console.WriteLine(sum);
        return failure != 0 ? failure : sum.Failed > 0 || sum.Passed == 0 ? 1 : 0;
    }

    // The console logger says that a test was skipped, only the result file says why.
    private static void PrintWhySkipped(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }

        var reasons = XDocument.Load(file).Descendants()
            .Where(element => element.Name.LocalName == "UnitTestResult" && element.Attribute("outcome")?.Value == "NotExecuted")
            .GroupBy(result => result.Descendants().FirstOrDefault(element => element.Name.LocalName == "Message")?.Value ?? "no reason given");
        foreach (var reason in reasons)
        {
            Console.WriteLine($"Skipped {reason.Count()}: {reason.Key}");
        }

        File.Delete(file);
    }

    private static bool IsWorthReading(string line) =>
        line.Length > 0
        && !line.StartsWith("Test run for", StringComparison.Ordinal)
        && !line.StartsWith("A total of", StringComparison.Ordinal)
        && !line.StartsWith("Starting test", StringComparison.Ordinal)
        && !line.StartsWith("No test is available", StringComparison.Ordinal)
        && !line.StartsWith("No test matches", StringComparison.Ordinal)
        && !line.StartsWith("Additionally, path to test adapters", StringComparison.Ordinal)
        && !line.StartsWith("VSTest version", StringComparison.Ordinal)
        && !line.StartsWith("Results File:", StringComparison.Ordinal)
        && !line.StartsWith("  Skipped ", StringComparison.Ordinal)
        && !line.EndsWith("[SKIP]", StringComparison.Ordinal);
}
