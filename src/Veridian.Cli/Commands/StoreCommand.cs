using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Units;
using Veridian.Engine.Maintaining;

namespace Veridian.Cli.Commands;

internal static class StoreCommand
{
    private const int MostFiles = 50;

    public static Command Create(CommonOptions common)
    {
        var command = new Command("store", "Look into the store. Reads: the store. Writes: only add and rebuild-index do. Network: never.");
        command.Add(Usage(common));
        command.Add(Add(common));
        command.Add(RebuildIndex(common));
        command.Add(PathOf(common));
        command.Add(Roots(common));
        command.Add(StoreLookCommands.List(common));
        command.Add(StoreLookCommands.Cat(common));
        command.Add(StoreLookCommands.WhyAlive(common));
        return command;
    }

    private static Command Usage(CommonOptions common)
    {
        var by = new Option<string>("--by") { Description = "package, root or file", HelpName = "WHAT", DefaultValueFactory = _ => "package" };
        by.AcceptOnlyFromAmong("package", "root", "file");
        var command = new Command("du", "How much room things take. Reads: the store. Writes: nothing. Network: never.") { by };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            var rows = parse.GetValue(by) == "file"
                ? StoreUsage.LargestFiles(context.Workspace, MostFiles)
                : StoreUsage.Read(context.Workspace, parse.GetValue(by) == "root");
            if (context.Json)
            {
                return Task.FromResult(ChangeFlow.PrintJson(context, new UsageDocument("vpkg.store-du/1", rows), DocumentJson.Default.UsageDocument));
            }

            foreach (var line in Table.Lines([.. rows.Select(row => new[] { new ByteCount(row.Bytes).ToString(), row.Name, row.Detail })]))
            {
                context.Terminal.Result(line);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Command Add(CommonOptions common)
    {
        var folder = new Argument<string>("DIR") { Description = "A folder to add as one object" };
        var name = new Option<string?>("--name") { Description = "Its name; the folder's name without it", HelpName = "NAME" };
        var version = new Option<string>("--version-text") { Description = "Its version", HelpName = "VERSION", DefaultValueFactory = _ => "0" };
        var command = new Command("add", "Add a folder to the store and print its path. Reads: DIR. Writes: the store. Network: never.") { folder, name, version };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            return Task.FromResult(PrintPath(context, StoreAdd.Run(context.Workspace, parse.GetValue(folder)!, parse.GetValue(name), parse.GetValue(version)!, cancellationToken)));
        });
        return command;
    }

    private static Command RebuildIndex(CommonOptions common)
    {
        var command = new Command("rebuild-index", "Make the database anew from the store itself. Reads: the store. Writes: the store's index. Network: never.");
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            context.Terminal.Result($"Rebuilt the index: {Core.Text.Plural.Of(StoreIndexes.Rebuild(context.Workspace, cancellationToken), "object")}.");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Command PathOf(CommonOptions common)
    {
        var name = new Argument<string>("NAME") { Description = "A package of the environment, a store path, or the only object of that name" };
        var command = new Command("path", "The folder of an object. Reads: generation, the store. Writes: nothing. Network: never.") { name };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            return Task.FromResult(PrintPath(context, StoreUsage.PathOf(context.Workspace, parse.GetValue(name)!)));
        });
        return command;
    }

    private static int PrintPath(CommandContext context, string path)
    {
        if (context.Json)
        {
            return ChangeFlow.PrintJson(context, new PathDocument("vpkg.path/1", path), DocumentJson.Default.PathDocument);
        }

        context.Terminal.Result(path);
        return ExitCodes.Done;
    }

    private static Command Roots(CommonOptions common)
    {
        var command = new Command("roots", "What keeps things alive: project and last use. Reads: the store's roots. Writes: nothing. Network: never.");
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            if (context.Json)
            {
                return Task.FromResult(ChangeFlow.PrintJson(
                    context, new UsageDocument("vpkg.store-roots/1", StoreUsage.Roots(context.Workspace)), DocumentJson.Default.UsageDocument));
            }

            foreach (var line in Table.Lines([.. StoreUsage.Roots(context.Workspace).Select(root => new[] { root.Name, root.Detail })]))
            {
                context.Terminal.Result(line);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
