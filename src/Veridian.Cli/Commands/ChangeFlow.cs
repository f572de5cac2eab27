using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.ProcessMemory;
using Veridian.Engine.Repositories;
using Veridian.Engine;

namespace Veridian.Cli.Commands;

/// <summary>Plan, show, ask, run: what every verb does that makes a new generation.</summary>
internal static class ChangeFlow
{
    /// <summary>The settings that a verb's change options ask for.</summary>
    public static EngineSettings Settings(ParseResult parse, ChangeOptions change) => new()
    {
        Locked = parse.GetValue(change.Locked) || CommandContext.IsSet("VPKG_LOCKED"),
        Frozen = parse.GetValue(change.Frozen) || CommandContext.IsSet("VPKG_FROZEN"),
        Refresh = parse.GetValue(change.Refresh),
        ForceZ3 = parse.GetValue(change.Solver) == "z3",
        AsOf = parse.GetValue(change.AsOf) is { } text ? AskedTime.Read(text) : null,
        SolveTimeout = TimeSpan.FromSeconds(parse.GetValue(change.SolveTimeout)),
    };

    /// <summary>Runs a change.</summary>
    /// <param name="context">Terminal and workspace.</param>
    /// <param name="parse">For the change options.</param>
    /// <param name="change">The change options.</param>
    /// <param name="makeRequest">Makes the request; called after the profile's lock is held, so that it sees the latest profile.</param>
    /// <param name="nothing">What to say when there is nothing to do; null for the usual sentence.</param>
    /// <param name="cancellationToken">Ends the work; nothing is half-done then.</param>
    /// <param name="require">Throws where the plan is not the one that is wanted; null where every one is.</param>
    public static async Task<int> RunAsync(
        CommandContext context, ParseResult parse, ChangeOptions change, Func<ApplyRequest> makeRequest, string? nothing, CancellationToken cancellationToken,
        Action<ApplyPlan>? require = null)
    {
        var dryRun = parse.GetValue(change.DryRun);
        CollectorPause.Begin();
        using var session = ApplySession.Begin(context.Workspace, cancellationToken);
        var plan = await session.PlanAsync(makeRequest(), cancellationToken);
        require?.Invoke(plan);
        if (plan.NothingToDo)
        {
            return ReportNothing(context, session, plan, nothing);
        }

        PlanPrinter.Print(context.Terminal, plan);
        if (dryRun)
        {
            return context.Json ? PrintJson(context, PlanPrinter.Document(plan), DocumentJson.Default.PlanDocument) : ExitCodes.Done;
        }

        if (!Confirm(context.Terminal, plan, parse.GetValue(change.Yes) || CommandContext.IsSet("VPKG_YES"), shown: !context.Terminal.Quiet))
        {
            context.Terminal.Note("Nothing was changed.");
            return ExitCodes.Done;
        }

        var outcome = await session.RunAsync(plan, cancellationToken);
        context.Terminal.ClearStatus();
        return Report(context, plan, outcome);
    }

    /// <summary>Whether the plan may be carried out. Whoever is asked, or refused, has the plan before their eyes.</summary>
    internal static bool Confirm(Terminal terminal, ApplyPlan plan, bool yes, bool shown)
    {
        var reasons = plan.ConfirmationReasons();
        if (yes || reasons.Count == 0)
        {
            return true;
        }

        if (!shown)
        {
            var quiet = terminal.Quiet;
            terminal.Quiet = false;
            PlanPrinter.Print(terminal, plan);
            terminal.Quiet = quiet;
        }

        if (!terminal.Interactive)
        {
            throw new InvalidInputException(ErrorCodes.ConfirmationNeeded,
                $"The plan above needs a yes ({string.Join(", ", reasons)}), and nobody can be asked here.", "Run the command again with '--yes'.");
        }

        return terminal.Ask("Proceed?");
    }

    private static int ReportNothing(CommandContext context, ApplySession session, ApplyPlan plan, string? nothing)
    {
        var generation = session.CurrentNumber() ?? 0;
        if (context.Json)
        {
            return PrintJson(context, new ApplyDocument("vpkg.apply/1", generation, false, [], []), DocumentJson.Default.ApplyDocument);
        }

        session.AdoptLock(plan);
        context.Terminal.Result(nothing ?? HotPath.NothingToDoLine(generation));
        return ExitCodes.Done;
    }

    private static int Report(CommandContext context, ApplyPlan plan, ApplyOutcome outcome)
    {
        if (context.Json)
        {
            return PrintJson(context,
                new ApplyDocument("vpkg.apply/1", outcome.Generation, outcome.Changed, PlanPrinter.Changes(plan.Changes), outcome.Skipped), DocumentJson.Default.ApplyDocument);
        }

        context.Terminal.Result($"Generation {outcome.Generation} is current.");
        if (outcome.Skipped.Count > 0)
        {
            context.Terminal.Note($"{Core.Text.Plural.Of(outcome.Skipped.Count, "package")} with set-up scripts that were not run; 'vpkg info --activation' lists them.");
        }

        return ExitCodes.Done;
    }

    internal static int PrintJson<T>(CommandContext context, T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        PrintJson(context.Terminal, document, type);

    internal static int PrintJson<T>(Terminal terminal, T document, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        terminal.Result(JsonText.Document(document, type));
        return ExitCodes.Done;
    }
}
