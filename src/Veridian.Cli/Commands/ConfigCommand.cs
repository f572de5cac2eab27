using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Configuring;
using Veridian.Engine.Locating;

namespace Veridian.Cli.Commands;

internal static class ConfigCommand
{
    public static Command Create(CommonOptions common)
    {
        var command = new Command("config", "Show and change settings. Reads: config.toml, variables. Writes: config.toml. Network: never.");
        command.Add(List(common));
        command.Add(Get(common));
        command.Add(Set(common));
        command.Add(Unset(common));
        command.Add(Edit(common));
        command.Add(PathOf(common));
        return command;
    }

    private static Command List(CommonOptions common)
    {
        var command = new Command("list", "Every key, its value, and where that comes from. Reads: config.toml, variables. Writes: nothing. Network: never.");
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            var values = Read(parse, common, context).All();
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new ConfigurationDocument("vpkg.config/1", values), DocumentJson.Default.ConfigurationDocument);
            }

            foreach (var line in Table.Lines([.. values.Select(value => new[] { value.Key, value.Value, value.Origin, value.Purpose })]))
            {
                context.Terminal.Result(line);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Get(CommonOptions common)
    {
        var key = new Argument<string>("KEY") { Description = "A key of 'vpkg config list'" };
        var command = new Command("get", "One key's value; its origin on standard error. Reads: config.toml, variables. Writes: nothing. Network: never.") { key };
        command.SetAction(parse =>
        {
            var context = CommandContext.Of(parse, common);
            var value = Read(parse, common, context).Of(parse.GetValue(key)!);
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new ConfigurationDocument("vpkg.config/1", [value]), DocumentJson.Default.ConfigurationDocument);
            }

            context.Terminal.Note($"from {value.Origin}");
            context.Terminal.Result(value.Value);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Set(CommonOptions common)
    {
        var key = new Argument<string>("KEY") { Description = "A key of 'vpkg config list'" };
        var value = new Argument<string>("VALUE") { Description = "What it shall be" };
        var command = new Command("set", "Write a key into config.toml; comments and order stay. Reads: config.toml. Writes: config.toml. Network: never.") { key, value };
        command.SetAction(parse => Write(parse, common, parse.GetValue(key)!, parse.GetValue(value)!));
        return command;
    }

    private static Command Unset(CommonOptions common)
    {
        var key = new Argument<string>("KEY") { Description = "A key of 'vpkg config list'" };
        var command = new Command("unset", "Remove a key from config.toml. Reads: config.toml. Writes: config.toml. Network: never.") { key };
        command.SetAction(parse => Write(parse, common, parse.GetValue(key)!, null));
        return command;
    }

    private static Command Edit(CommonOptions common)
    {
        var command = new Command("edit", "Edit a copy of config.toml with VISUAL, EDITOR or vi; it is checked before it takes its place. Reads: config.toml. Writes: config.toml. Network: never.");
        command.SetAction(parse =>
        {
            var locations = Locations.Resolve(parse.GetValue(common.Root), Environment.GetEnvironmentVariable);
            Console.Out.WriteLine(ConfigurationEdit.Run(locations, Environment.GetEnvironmentVariable) ? $"Changed {Configuration.PathOf(locations)}." : "Nothing was changed.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command PathOf(CommonOptions common)
    {
        var command = new Command("path", "Where config.toml lies, or would. Reads: variables. Writes: nothing. Network: never.");
        command.SetAction(parse =>
        {
            var path = Configuration.PathOf(Locations.Resolve(parse.GetValue(common.Root), Environment.GetEnvironmentVariable));
            Console.Out.WriteLine(parse.GetValue(common.Json) ? JsonText.Document(new PathDocument("vpkg.path/1", path), DocumentJson.Default.PathDocument) : path);
            return ExitCodes.Done;
        });
        return command;
    }

    // Not through the context: a file that is wrong must be mendable with the verb that writes it.
    private static int Write(ParseResult parse, CommonOptions common, string key, string? value)
    {
        Configuration.Set(Locations.Resolve(parse.GetValue(common.Root), Environment.GetEnvironmentVariable), key, value);
        return ExitCodes.Done;
    }

    private static Configuration Read(ParseResult parse, CommonOptions common, CommandContext context) =>
        Configuration.Read(context.Workspace.Locations, parse.GetValue(common.Root), Environment.GetEnvironmentVariable);
}
