using System.CommandLine;
using System.Globalization;
using Veridian.Cli.Printing;
using Veridian.Engine.Inspecting;
using Veridian.Engine.RollingBack;

namespace Veridian.Cli.Commands;

internal static class GenerationsCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("generations", "List and manage generations. Reads: generations. Writes: generations. Network: never.");
        command.Aliases.Add("history");
        command.SetAction((parse, _) => Task.FromResult(List(CommandContext.Of(parse, common))));
        var list = new Command("list", "All generations, newest last. Reads: generations. Writes: nothing. Network: never.");
        list.SetAction((parse, _) => Task.FromResult(List(CommandContext.Of(parse, common))));
        command.Add(list);
        command.Add(Switch(common));
        command.Add(Pin(common, "pin", "Keep a generation whatever gc is asked to drop. Reads: generations. Writes: a mark on it. Network: never.", pinned: true));
        command.Add(Pin(common, "unpin", "Let gc drop a generation again. Reads: generations. Writes: a mark on it. Network: never.", pinned: false));
        command.Add(Delete(common));
        return command;
    }

    private static int List(CommandContext context)
    {
        var generations = GenerationList.Read(context.Workspace);
        if (context.Json)
        {
            return ChangeFlow.PrintJson(context, new GenerationsDocument("vpkg.generations/1", generations), DocumentJson.Default.GenerationsDocument);
        }

        foreach (var line in Table.Lines([.. generations.Select(Row)]))
        {
            context.Terminal.Result(line);
        }

        return ExitCodes.Done;
    }

    /// <summary>What a change of the generations came to: a sentence, or as a document all of them.</summary>
    public static int Report(CommandContext context, string sentence)
    {
        if (context.Json)
        {
            return List(context);
        }

        context.Terminal.Result(sentence);
        return ExitCodes.Done;
    }

    private static string[] Row(GenerationSummary generation) =>
    [
        generation.Number.ToString(CultureInfo.InvariantCulture),
        generation.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Core.Text.Plural.Of(generation.Packages, "package"),
        (generation.Current ? "current" : "") + (generation.Pinned ? " pinned" : ""),
        generation.Command,
    ];

    private static Command Switch(CommonOptions common)
    {
        var number = new Argument<int>("N") { Description = "Its number, as 'vpkg generations' shows it" };
        var force = new Option<bool>("--force") { Description = "Overwrite edits of the profile that were never applied" };
        var command = new Command("switch", "Make a generation current, as rollback N does. Reads: generations. Writes: profile, lock, current. Network: never.") { number, force };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            var current = RollBack.Run(context.Workspace, parse.GetValue(number), closureOnly: false, parse.GetValue(force), cancellationToken);
            return Task.FromResult(Report(context, $"Generation {current} is current."));
        });
        return command;
    }

    private static Command Pin(CommonOptions common, string name, string description, bool pinned)
    {
        var number = new Argument<int>("N") { Description = "Its number, as 'vpkg generations' shows it" };
        var command = new Command(name, description) { number };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            GenerationList.Pin(context.Workspace, parse.GetValue(number), pinned, cancellationToken);
            return Task.FromResult(Report(context, $"Generation {parse.GetValue(number)} is {(pinned ? "pinned" : "no longer pinned")}."));
        });
        return command;
    }

    private static Command Delete(CommonOptions common)
    {
        var numbers = new Argument<int[]>("N") { Description = "Their numbers, as 'vpkg generations' shows them", Arity = ArgumentArity.OneOrMore };
        var command = new Command("delete", "Forget generations; gc then frees what only they needed. Destructive. Reads: generations. Writes: generations. Network: never.") { numbers };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            foreach (var number in parse.GetValue(numbers)!)
            {
                GenerationList.Delete(context.Workspace, number, cancellationToken);
            }

            return Task.FromResult(Report(context, string.Join('\n', parse.GetValue(numbers)!.Select(number => $"Deleted generation {number}."))));
        });
        return command;
    }
}
