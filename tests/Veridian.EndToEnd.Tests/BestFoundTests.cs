using System.Text.Json;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>A request whose optimum cannot be proved in the time allowed (S-19).</summary>
public sealed class BestFoundTests
{
    private const int Names = 160;

    [Fact]
    public void An_answer_that_is_not_proved_is_labelled_in_text_document_and_lock()
    {
        using var journey = new Journey();
        // The most of these that go together: an independent set of a random graph, far beyond what a second proves.
        var random = new Random(1);
        journey.Repository.Add([.. Enumerable.Range(0, Names).Select(name => TinyPackage.Plain($"k{name}")
            .Field("Conflicts", string.Join(", ", Enumerable.Range(0, 12).Select(_ => random.Next(Names)).Where(other => other != name).Distinct().Select(other => $"k{other}"))))]).Publish();
        journey.Write(string.Join('\n', Enumerable.Range(0, Names).Select(name => $"k{name} = {{ version = \"*\", optional = true }}")));

        var document = JsonDocument.Parse(journey.Works("lock", "--solve-timeout", "1", "--json").Output).RootElement;
        Assert.StartsWith("best found, bound ", document.GetProperty("proof").GetString(), StringComparison.Ordinal);
        Assert.Contains("proof = \"best found, bound ", File.ReadAllText(Path.Combine(journey.Folder, "vpkg.lock")), StringComparison.Ordinal);

        Assert.Contains("The time to solve ran out, so a better selection may exist: best found, bound ", journey.Works("plan").Output, StringComparison.Ordinal);
    }
}
