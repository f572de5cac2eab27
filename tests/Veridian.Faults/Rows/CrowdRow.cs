using Veridian.Engine.Maintaining;
using Veridian.Faults.Interposing;
using Veridian.Faults.Scenes;

namespace Veridian.Faults.Rows;

/// <summary>Many processes at once: apply, gc and rollback on one profile, and on profiles of their own over one store.</summary>
internal static class CrowdRow
{
    private const int Processes = 16;
    private const int Rounds = 50;
    private static readonly string[] Wishes = ["hello = \"*\"", "hello = \"*\"\ntool = \"*\"", "tool = \"*\"", "hello = \"*\"\nlibrary = \"*\""];

    public static void Run(Options options, Tally tally)
    {
        foreach (var together in (bool[])[true, false])
        {
            using var site = new Site(Workshop.Home);
            Scene.Stock(site);
            var projects = Enumerable.Range(0, Processes).Select(i => together ? site.Project : Path.Combine(site.Folder, $"project-{i}")).ToList();
            foreach (var project in projects.Distinct())
            {
                Directory.CreateDirectory(project);
                Wish(site, project, 0, 0);
            }

            var rounds = options.Most > 0 ? Math.Min(options.Most, Rounds) : Rounds;
            var crowd = projects.Select((project, i) => new Thread(() => Live(site, project, i, rounds, options.Seed, tally))).ToList();
            crowd.ForEach(thread => thread.Start());
            crowd.ForEach(thread => thread.Join());
            foreach (var project in projects.Distinct())
            {
                tally.Add(Afterwards(site, project));
            }

            site.Time.Advance(TimeSpan.FromDays(40));
            Collect.Run(site.Workspace, new CollectPolicy(null, null, null), dryRun: false, CancellationToken.None);
            tally.Add(Soundness.Look(site) ?? Soundness.LookForLeftovers(site, [.. projects.Distinct()]));
        }

        tally.Note = $"{Processes} processes, seed {options.Seed}";
    }

    private static void Live(Site site, string project, int process, int rounds, int seed, Tally tally)
    {
        var random = new Random(seed * 100 + process);
        for (var round = 0; round < rounds; round++)
        {
            var command = round == 0 ? 0 : random.Next(4);
            if (command < 2)
            {
                Wish(site, project, process, random.Next(Wishes.Length));
            }

            string[] words = command switch { 0 or 1 => ["apply", "--yes"], 2 => ["gc", "--keep", "2"], _ => ["rollback", "--force"] };
            var ended = Command(site, project, words);
            tally.Add(IsExpected(words[0], ended) ? null : $"process {process}, round {round}: {words[0]} ended with {ended.ExitCode}: {ended.Error.Trim()}");
        }
    }

    // There may be no generation to go back to; another process may hold the store for long. Nothing else is an excuse.
    private static bool IsExpected(string verb, Ended ended) => ended.ExitCode is 0 or 8
        || (verb == "rollback" && ended.ExitCode == 2 && ended.Error.Contains("VS1015", StringComparison.Ordinal));

    private static string? Afterwards(Site site, string project)
    {
        var applied = Command(site, project, "apply", "--yes");
        var again = Command(site, project, "apply");
        var picture = Picture.Take(site, project);
        return applied.ExitCode != 0 || again.ExitCode != 0 ? $"after the crowd, apply ended with {applied.ExitCode} and {again.ExitCode}: {applied.Error}{again.Error}"
            : !again.Output.StartsWith("Nothing to do", StringComparison.Ordinal) ? $"after the crowd and an apply, there is still something to do: {again.Output}"
            : picture.Programs.Split('\n', StringSplitOptions.RemoveEmptyEntries).Any(line => !line.Contains(": exit 0 ", StringComparison.Ordinal)) ? $"after the crowd, a program does not run: {picture.Programs}"
            : Soundness.Look(site, project) ?? Soundness.CompareDatabase(site);
    }

    // As an editor saves a file: all of it or nothing.
    private static void Wish(Site site, string project, int process, int wish)
    {
        var fresh = Path.Combine(site.Folder, $"wish-{process}");
        File.WriteAllText(fresh, site.Profile(Wishes[wish]));
        File.Move(fresh, Path.Combine(project, "vpkg.toml"), overwrite: true);
    }

    private static Ended Command(Site site, string project, params string[] words)
    {
        var start = site.Start(words);
        start.WorkingDirectory = project;
        return Interposer.Run(start, new Fault.KillAfter(TimeSpan.FromMinutes(10)), site.Folder);
    }
}
