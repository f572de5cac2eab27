using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Units;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

/// <summary>The verbs of <c>store</c> that look into single objects.</summary>
internal static class StoreLookCommands
{
    public static Command List(CommonOptions common)
    {
        var (name, path) = (Name(), new Argument<string?>("PATH") { Description = "Only what is below it", Arity = ArgumentArity.ZeroOrOne });
        var command = new Command("ls", "What an object holds. Reads: its manifest. Writes: nothing. Network: never.") { name, path };
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            var entries = StoreContents.List(context.Workspace, parse.GetValue(name)!, parse.GetValue(path) ?? "");
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new ContentsDocument("vpkg.store-ls/1", entries), DocumentJson.Default.ContentsDocument);
            }

            foreach (var line in Table.Lines([.. entries.Select(entry => new[]
                { entry.Kind, entry.Kind is "file" or "executable" ? new ByteCount(entry.Bytes).ToString() : "", entry.Target.Length > 0 ? $"{entry.Path} -> {entry.Target}" : entry.Path })]))
            {
                context.Terminal.Result(line);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    public static Command Cat(CommonOptions common)
    {
        var (name, path) = (Name(), new Argument<string>("PATH") { Description = "A file inside" });
        var command = new Command("cat", "Copy a file of an object to standard output and check it. Reads: the store. Writes: nothing. Network: never.") { name, path };
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            using var output = Console.OpenStandardOutput();
            StoreContents.Copy(context.Workspace, parse.GetValue(name)!, parse.GetValue(path)!, output);
            return ExitCodes.Done;
        });
        return command;
    }

    public static Command WhyAlive(CommonOptions common)
    {
        var name = Name();
        var command = new Command("why-alive", "Why gc keeps an object. Reads: roots, running environments. Writes: nothing. Network: never.") { name };
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            var reasons = StoreContents.WhyAlive(context.Workspace, parse.GetValue(name)!);
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new ReasonsDocument("vpkg.store-why-alive/1", reasons.Count > 0, reasons), DocumentJson.Default.ReasonsDocument);
            }

            foreach (var reason in reasons)
            {
                context.Terminal.Result(reason);
            }

            if (reasons.Count == 0)
            {
                context.Terminal.Result("Nothing needs it: 'vpkg gc' removes it.");
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "A package of the environment, a store path, or the only object of that name" };
}
