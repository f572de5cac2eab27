using Veridian.Engine.Maintaining;
using Veridian.Faults.Interposing;

namespace Veridian.Faults.Scenes;

/// <summary>A scene made ready at a site: how it begins, how it ends where nothing goes wrong, and the judgement of what a fault left.</summary>
internal sealed class Stage
{
    private const string Ready = "ready";
    private static readonly int[] Documented = [0, 5];
    private readonly Site _site;
    private readonly Picture _old;
    private readonly Picture _new;

    /// <summary>Prepares, keeps, and runs once without a fault.</summary>
    public Stage(Site site, Scene scene, bool reads = false)
    {
        (_site, Scene) = (site, scene);
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

    public Scene Scene { get; }

    /// <summary>How many calls counted in the run without a fault.</summary>
    public int Calls { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; }

    /// <summary>How many calls count for a fault.</summary>
    public int CountOf(Fault fault, bool reads = false)
    {
        Reset();
        return _site.Run(fault, reads, Scene.Command).Calls;
    }

    /// <summary>Puts the site back to the beginning.</summary>
    public void Reset() => _site.Restore(Ready);

    /// <summary>From the beginning: the command under a fault, then everything that must hold. Null, or what does not.</summary>
    public string? Try(Fault fault, bool reads = false)
    {
        Reset();
        var ended = _site.Run(fault, reads, Scene.Command);
        return JudgeEnd(fault, ended) is { } wrong || (wrong = Judge(ended)!) is not null
            ? $"{Scene.Name}: {fault.Text}{(ended.Hit is null ? "" : $" ({ended.Hit})")}: {wrong}\n  exit {ended.ExitCode}: {ended.Error.Trim()}"
            : null;
    }

    /// <summary>How a program may end: killed, done, or with a storage error that says what to do.</summary>
    public static string? JudgeEnd(Fault fault, Ended ended)
    {
        if (fault is Fault.FailAt && !Documented.Contains(ended.ExitCode))
        {
            return "this exit code is not documented for a failing disk";
        }

        if (fault is not Fault.FailAt && ended.ExitCode is not (0 or Ended.Killed))
        {
            return "it was not the signal that ended it";
        }

        return ended.ExitCode == 5 && (!ended.Error.Contains("error[VS60", StringComparison.Ordinal) || !ended.Error.Contains("next: ", StringComparison.Ordinal))
            ? "the message is not that of a failing disk with a next step"
            : null;
    }

    /// <summary>What must hold after any end; <paramref name="ended"/> is null where there was no fault.</summary>
    public string? Judge(Ended? ended)
    {
        try
        {
            var now = Picture.Take(_site);
            if (IsNeither(now) is { } neither)
            {
                return neither;
            }

            if (ended?.ExitCode == 0 && now != _new)
            {
                return $"it said that it was done, but {Difference(now, _new)}";
            }

            return (Scene.BeginsDamaged && ended is not { ExitCode: 0 } && ended is not null ? null : Soundness.Look(_site)) ?? Complete(now) ?? Collected();
        }
        catch (Exception failed)
        {
            return $"looking at what is left failed: {failed}";
        }
    }

    /// <summary>The site is at the beginning or at the end of the scene.</summary>
    private string? IsNeither(Picture now) =>
        now.Closure == _old.Closure && now.Programs == _old.Programs ? null
        : now.Closure == _new.Closure && now.Programs == _new.Programs ? null
        : $"neither the old nor the new generation: {Difference(now, _old)}; {Difference(now, _new)}";

    /// <summary>The next command carries on.</summary>
    private string? Complete(Picture now)
    {
        var isNew = now.Closure == _new.Closure && _new.Closure != _old.Closure;
        string[] command = isNew ? ["apply"] : Scene.Command;
        var next = _site.Run(new Fault.KillAfter(TimeSpan.FromMinutes(3)), command);
        if (next.ExitCode != 0)
        {
            return $"the next 'vpkg {string.Join(' ', command)}' ended with {next.ExitCode}: {next.Error}";
        }

        var then = Picture.Take(_site);
        return then != _new ? $"after the next '{command[0]}' {Difference(then, _new)}" : Soundness.Look(_site) ?? Soundness.CompareDatabase(_site);
    }

    /// <summary>A gc long afterwards leaves nothing that nobody needs.</summary>
    private string? Collected()
    {
        _site.Time.Advance(TimeSpan.FromDays(40));
        Collect.Run(_site.Workspace, new CollectPolicy(null, 1, null), dryRun: false, CancellationToken.None);
        return Soundness.Look(_site) ?? Soundness.LookForLeftovers(_site);
    }

    private static string Difference(Picture found, Picture wanted) =>
        found.Closure != wanted.Closure ? $"the packages are [{found.Closure}], not [{wanted.Closure}]"
        : found.Programs != wanted.Programs ? $"the programs say '{found.Programs}', not '{wanted.Programs}'"
        : $"profile or lock are\n{found.Files}\nnot\n{wanted.Files}";

    private static void Require(string? wrong, string what)
    {
        if (wrong is not null)
        {
            throw new InvalidOperationException($"{what}: {wrong}");
        }
    }
}
