using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Units;
using Veridian.Engine.Maintaining;

namespace Veridian.Cli.Commands;

internal static class StoreCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("store", "Look into the store. Network: never.");
        command.Add(Usage(common));
        command.Add(Add(common));
        command.Add(RebuildIndex(common));
        command.Add(PathOf(common));
        command.Add(Roots(common));
        return command;
    }

    private static Command Usage(CommonOptions common)
    {
        var by = new Option<string>("--by") { Description = "package or root", HelpName = "WHAT", DefaultValueFactory = _ => "package" };
        by.AcceptOnlyFromAmong("package", "root");
        var command = new Command("du", "How much room things take.") { by };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            var rows = StoreUsage.Read(context.Workspace, parse.GetValue(by) == "root");
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
        var command = new Command("add", "Add a folder to the store and print its path.") { folder, name, version };
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            context.Terminal.Result(StoreAdd.Run(context.Workspace, parse.GetValue(folder)!, parse.GetValue(name), parse.GetValue(version)!, cancellationToken));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Command RebuildIndex(CommonOptions common)
    {
        var command = new Command("rebuild-index", "Make the database anew from the store itself.");
        command.SetAction((parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common);
            context.Terminal.Result($"Rebuilt the index: {StoreIndexes.Rebuild(context.Workspace, cancellationToken)} objects.");
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Command PathOf(CommonOptions common)
    {
        var name = new Argument<string>("NAME");
        var command = new Command("path", "The folder of a package of the environment.") { name };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            context.Terminal.Result(StoreUsage.PathOf(context.Workspace, parse.GetValue(name)!));
            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static Command Roots(CommonOptions common)
    {
        var command = new Command("roots", "What keeps things alive: project and last use.");
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
