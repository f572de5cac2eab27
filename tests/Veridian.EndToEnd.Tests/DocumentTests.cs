using System.Text.Json;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary><c>--json</c> of every reading verb: one document on standard output that names its schema, as the golden files have it.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Every_reading_verb_speaks_json()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"\ntool = \"*\"");
        Check(journey, "plan", "plan", "--json");
        Check(journey, "apply", "apply", "--json");
        Check(journey, "plan-nothing", "plan", "--json");
        Check(journey, "list", "list", "--json");
        Check(journey, "tree", "tree", "--json");
        Check(journey, "tree-inverted", "tree", "library", "--invert", "--json");
        Check(journey, "info", "info", "tool", "--json");
        Check(journey, "search", "search", "hello", "--json");
        journey.Repository.Add(TinyPackage.Program("hello", "2.0"), TinyPackage.Plain("other")).Publish();
        journey.Repository.Date += TimeSpan.FromHours(1);
        journey.Repository.Publish();
        Check(journey, "outdated", "outdated", "--refresh", "--json");
        Check(journey, "update", "update", "--json");
        Check(journey, "generations", "generations", "--json");
        Check(journey, "diff", "diff", "1", "2", "--json");
        Check(journey, "gc", "gc", "--dry-run", "--keep", "1", "--json");
        Check(journey, "verify", "verify", "--json");
        Check(journey, "store-du", "store", "du", "--json");
        Check(journey, "cache-info", "cache", "info", "--json");
        Check(journey, "lock", "lock", "--json");
        Check(journey, "why", "why", "library", "--json");
        Check(journey, "why-not", "why-not", "other", "--json");
        Check(journey, "store-path", "store", "path", "library", "--json");
        Check(journey, "store-ls", "store", "ls", "library", "--json");
        Check(journey, "check", "check", "--json");
        Check(journey, "rollback", "rollback", "1", "--json");
        Check(journey, "config", "config", "get", "jobs", "--json");
        Check(journey, "explain", "explain", "VS1001", "--json");
    }

    [Fact]
    public void An_error_is_a_document_too()
    {
        using var journey = TourTests.Ready().Write("helo = \"*\"");

        var said = journey.Vpkg("apply", "--json");

        Assert.Equal(3, said.ExitCode);
        Compare(journey, "error", said.Output);
    }

    private static void Check(Journey journey, string name, params string[] arguments) => Compare(journey, name, journey.Works(arguments).Output);

    private static void Compare(Journey journey, string name, string output)
    {
        using var document = JsonDocument.Parse(output);
        Assert.Matches("^vpkg\\.[a-z-]+/1$", document.RootElement.GetProperty("schema").GetString());
        Golden.Matches($"json-{name}.json", journey.Scrub(output));
    }
}
