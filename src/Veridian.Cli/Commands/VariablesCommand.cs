using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

internal static class VariablesCommand
{
    public static Command Create(CommonOptions common)
    {
        var format = new Option<string>("--format") { Description = "sh, json or dotenv", HelpName = "FORMAT", DefaultValueFactory = _ => "sh" };
        format.AcceptOnlyFromAmong("sh", "json", "dotenv");
        var command = new Command("env", "Print the variables that 'activate' sets, PATH with the launchers included. Reads: the generation. Writes: nothing. Network: never.") { format };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            var variables = ShownVariables.Of(context.Workspace);
            if (context.Json || parse.GetValue(format) == "json")
            {
                var document = new VariablesDocument("vpkg.env/1", context.Workspace.Profile.Environment, variables.ToDictionary(pair => pair.Name, pair => pair.Value));
                return Task.FromResult(ChangeFlow.PrintJson(context, document, DocumentJson.Default.VariablesDocument));
            }

            foreach (var (name, value) in variables)
            {
                context.Terminal.Result(parse.GetValue(format) == "dotenv" ? $"{name}={DotenvValue(name, value)}" : $"export {name}={LaunchScript.Quote(value)}");
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    /// <summary>A value between single quotes, which every reader of such files takes literally; it cannot hold one itself, nor a line's end.</summary>
    private static string DotenvValue(string name, string value) => value.AsSpan().ContainsAny('\'', '\n', '\r')
        ? throw new InvalidInputException(ErrorCodes.ProfileValue, $"The value of '{name}' holds a quote or a line's end, which a dotenv file cannot.", "Use '--format json' or '--format sh'.")
        : $"'{value}'";
}
