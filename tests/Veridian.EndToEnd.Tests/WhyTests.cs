using System.Text.Json;
using Veridian.Testing;

namespace Veridian.EndToEnd.Tests;

/// <summary>Questions about a selection: why something is there, why it is not, and what to do when nothing fits.</summary>
public sealed class WhyTests
{
    [Fact]
    public void Why_tells_the_chain_from_what_was_asked_for()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"\ntool = \"*\"");
        journey.Works("lock");

        Assert.Equal("library 1.0\n  requested: tool -> library\n", journey.Works("why", "library").Output);
        Assert.Equal("tool 1.0\n  requested\n", journey.Works("why", "tool").Output);
        using var document = JsonDocument.Parse(journey.Works("why", "library", "--json").Output);
        Assert.Equal("vpkg.why/1", document.RootElement.GetProperty("schema").GetString());
        Assert.Contains("why-not nowhere", journey.Vpkg("why", "nowhere").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Why_not_tells_what_would_change_and_changes_nothing()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("lock");
        var before = File.ReadAllText(Path.Combine(journey.Folder, "vpkg.lock"));

        var said = journey.Works("why-not", "tool").Output;

        Assert.Contains("+ tool 1.0", said, StringComparison.Ordinal);
        Assert.Contains("+ library 1.0", said, StringComparison.Ordinal);
        Assert.StartsWith("Nothing stands against hello", journey.Works("why-not", "hello").Output, StringComparison.Ordinal);
        Assert.Contains("VS2003", journey.Vpkg("why-not", "hello=9").Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(journey.Folder, "vpkg.lock")));
    }

    [Fact]
    public void The_impossible_is_explained_once_with_changes_that_work()
    {
        using var journey = TourTests.Ready();
        journey.Repository.Add(TinyPackage.Plain("enemy").Field("Conflicts", "hello")).Publish();
        journey.Write("enemy = \"*\"\nhello = \"*\"");

        var said = journey.Vpkg("lock");
        using var document = JsonDocument.Parse(journey.Vpkg("lock", "--json").Output);

        Assert.Equal(3, said.ExitCode);
        Assert.Contains("enemy 1.0 conflicts with hello", said.Error, StringComparison.Ordinal);
        Assert.Contains("vpkg.toml:", said.Error, StringComparison.Ordinal);
        Assert.Contains("drop enemy", said.Error, StringComparison.Ordinal);
        var fixes = document.RootElement.GetProperty("error").GetProperty("fixes");
        Assert.Equal(2, fixes.GetArrayLength());
        var command = fixes[0].GetProperty("command").GetString()!.Split(' ');
        Assert.Equal("vpkg", command[0]);
        journey.Works([.. command[1..], "--yes"]);
    }

    [Fact]
    public void A_lock_that_fits_is_applied_without_a_look_at_the_index()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");
        journey.Works("apply");
        var indexes = Directory.GetFiles(Path.Combine(journey.Root, "cache", "index"), "*.index");
        foreach (var index in indexes)
        {
            // Whoever opened this would refuse it and build another in its place.
            File.WriteAllText(index, "no index");
        }

        // The short answer, the long way to nothing, and a new generation from the lock as it stands.
        journey.Works("apply");
        journey.Works("apply", "--solve-timeout", "60");
        journey.Profile += "[env]\nA = \"1\"\n";
        journey.Works("apply");

        Assert.NotEmpty(indexes);
        Assert.Equal(indexes, Directory.GetFiles(Path.Combine(journey.Root, "cache", "index"), "*.index"));
        Assert.All(indexes, index => Assert.Equal("no index", File.ReadAllText(index)));
        journey.Works("update");
        Assert.Contains(indexes, index => File.ReadAllBytes(index).Length > 1000);
    }

    [Fact]
    public void A_time_that_the_repository_does_not_keep_is_refused_with_one_that_it_does()
    {
        using var journey = TourTests.Ready().Write("hello = \"*\"");

        var refused = journey.Vpkg("lock", "--as-of", "2020-01-01");

        Assert.Equal(5, refused.ExitCode);
        Assert.Contains("VS4007", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"{journey.Repository.Date:yyyy-MM-dd}T", refused.Error, StringComparison.Ordinal);
        Assert.Contains("is no time", journey.Vpkg("lock", "--as-of", "yesterday").Error, StringComparison.Ordinal);
        journey.Works("lock", "--as-of", $"{TimeProvider.System.GetUtcNow().AddMinutes(-1):yyyy-MM-dd'T'HH:mm:ss'Z'}");
    }
}
