using Veridian.Core.Hashing;
using Veridian.Engine.Maintaining;
using Veridian.Faults.Interposing;

namespace Veridian.Faults.Scenes;

/// <summary>A scene made ready at a site: how it begins, how it ends where nothing goes wrong, and the judgement of what a fault left.</summary>
internal sealed class Stage
{
    private const string Ready = "ready";
    private readonly Picture _old;
    private readonly Picture _new;
    private readonly Dictionary<(Blake3Digest Left, bool IsDone), string?> _judged = [];

    /// <summary>Prepares, keeps, and runs once without a fault.</summary>
    public Stage(Site site, Scene scene, bool reads = false)
    {
        (Site, Scene) = (site, scene);
        site.Clear();
        scene.Prepare(site);
        if (Directory.Exists(site.Locations.Store))
        {
            site.Works("store", "du"); // so that there is a database
        }

        site.Keep(Ready);
        _old = Picture.Take(site);
        var ended = site.Run(new Fault.None(), reads, scene.Command);
        Calls = ended.ExitCode == 0 ? ended.Calls : throw new InvalidOperationException($"'{scene.Name}' without a fault ended with {ended.ExitCode}\n{ended.Error}");
        _new = Picture.Take(site);
        Took = ended.Took;
        Require(Judge(null), $"'{scene.Name}' without a fault");
    }

    public Site Site { get; }

    public Scene Scene { get; }

    /// <summary>How many calls counted in the run without a fault.</summary>
    public int Calls { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; }

    /// <summary>How many calls count for a fault.</summary>
    public int CountOf(Fault fault, bool reads = false)
    {
        Reset();
        return Site.Run(fault, reads, Scene.Command).Calls;
    }

    /// <summary>Puts the site back to the beginning.</summary>
    public void Reset() => Site.Restore(Ready);

    /// <summary>From the beginning: the command under a fault, then everything that must hold. Null, or what does not.</summary>
    public string? Try(Fault fault, bool reads = false)
    {
        Reset();
        return Judge(fault.Text, Site.Run(fault, reads, Scene.Command), ended => JudgeEnd(fault, ended));
    }

    /// <summary>What is wrong with how a command ended and with what it left; null where nothing is.</summary>
    /// <param name="what">What befell it.</param>
    /// <param name="ended">How it ended.</param>
    /// <param name="end">What is wrong with that alone.</param>
    public string? Judge(string what, Ended ended, Func<Ended, string?> end) => (end(ended) ?? Judge(ended)) is { } wrong
        ? $"{Scene.Name}: {what}{(ended.Hit is null ? "" : $" ({ended.Hit})")}: {wrong}\n  exit {ended.ExitCode}: {ended.Error.Trim()}"
        : null;

    /// <summary>How a program may end: killed, done, or with a storage error that says what to do.</summary>
    public string? JudgeEnd(Fault fault, Ended ended)
    {
        // What verify cannot read, it reports as a difference.
        if (fault is Fault.FailAt fail && ended.ExitCode is not (0 or 5) && !(Scene.BeginsDamaged && ended.ExitCode == 7 && fail.Failure is Failures.InputOutput or Failures.AccessDenied))
        {
            return "this exit code is not documented for a failing disk";
        }

        if (fault is not Fault.FailAt && ended.ExitCode is not (0 or Ended.Killed))
        {
            return "it was not the signal that ended it";
        }

        return LacksAdvice(ended) ? "the message is not that of a failing disk with a next step" : null;
    }

    /// <summary>Whether a storage failure has no id of its own or does not say what to do.</summary>
    public static bool LacksAdvice(Ended ended) => ended.ExitCode == 5 && (!ended.Error.Contains("error[VS60", StringComparison.Ordinal) || !ended.Error.Contains("next: ", StringComparison.Ordinal));

    /// <summary>What must hold after any end; <paramref name="ended"/> is null where there was no fault. What two faults leave alike is judged once.</summary>
    public string? Judge(Ended? ended)
    {
        var left = Imprint.Of(Site.Folder);
        if (left is null || ended is null)
        {
            return JudgeAnew(ended);
        }

        var key = (left.Value, ended.ExitCode == 0);
        if (!_judged.TryGetValue(key, out var wrong))
        {
            _judged[key] = wrong = JudgeAnew(ended);
        }

        return wrong;
    }

    private string? JudgeAnew(Ended? ended)
    {
        try
        {
            var now = Picture.Take(Site);
            if (IsNeither(now) is { } neither)
            {
                return neither;
            }

            if (ended?.ExitCode == 0 && now != _new)
            {
                return $"it said that it was done, but {Difference(now, _new)}";
            }

            return (Scene.BeginsDamaged && ended is not { ExitCode: 0 } && ended is not null ? null : Soundness.Look(Site)) ?? Complete(now) ?? Collected();
        }
        catch (Exception failed)
        {
            return $"looking at what is left failed: {failed}";
        }
    }

    /// <summary>The site is at the beginning or at the end of the scene.</summary>
    private string? IsNeither(Picture now) =>
        now.Profile != _old.Profile && now.Profile != _new.Profile ? $"a torn profile: {now.Profile}"
        : now.Lock != _old.Lock && now.Lock != _new.Lock ? $"a torn lock: {now.Lock}"
        : IsGenerationOf(now, _old) || IsGenerationOf(now, _new) ? null
        : $"neither the old nor the new generation: {Difference(now, _old)}; {Difference(now, _new)}";

    private static bool IsGenerationOf(Picture now, Picture other) => now.Closure == other.Closure && now.Programs == other.Programs && now.Etc == other.Etc;

    /// <summary>The next command carries on.</summary>
    private string? Complete(Picture now)
    {
        var isNew = IsGenerationOf(now, _new) && !IsGenerationOf(_old, _new);
        string[] command = isNew ? ["apply"] : Scene.Command;
        var next = Site.Run(new Fault.KillAfter(TimeSpan.FromMinutes(3)), command);
        if (next.ExitCode != 0 && !HasNothingMoreToDo(next))
        {
            return $"the next 'vpkg {string.Join(' ', command)}' ended with {next.ExitCode}: {next.Error}";
        }

        var then = Picture.Take(Site);
        return then != _new ? $"after the next '{command[0]}' {Difference(then, _new)}" : Soundness.Look(Site) ?? Soundness.CompareDatabase(Site);
    }

    // A switch that was decided is completed before anything else: then what was to be removed is gone already, and is said to be.
    private bool HasNothingMoreToDo(Ended next) => Scene.Name == "remove" && next.ExitCode == 2 && next.Error.Contains("VS1022", StringComparison.Ordinal);

    /// <summary>A gc long afterwards leaves nothing that nobody needs.</summary>
    private string? Collected()
    {
        Site.Time.Advance(TimeSpan.FromDays(40));
        Collect.Run(Site.Workspace, new CollectPolicy(null, 1, null), dryRun: false, CancellationToken.None);
        return Soundness.Look(Site) ?? Soundness.LookForLeftovers(Site);
    }

    private static string Difference(Picture found, Picture wanted) =>
        found.Closure != wanted.Closure ? $"the packages are [{found.Closure}], not [{wanted.Closure}]"
        : found.Programs != wanted.Programs ? $"the programs say '{found.Programs}', not '{wanted.Programs}'"
        : found.Etc != wanted.Etc ? $"the generation's files of etc are\n{found.Etc}\nnot\n{wanted.Etc}"
        : found.Profile != wanted.Profile ? $"the profile is\n{found.Profile}\nnot\n{wanted.Profile}" : $"the lock is\n{found.Lock}\nnot\n{wanted.Lock}";

    private static void Require(string? wrong, string what)
    {
        if (wrong is not null)
        {
            throw new InvalidOperationException($"{what}: {wrong}");
        }
    }
}
