using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;

namespace Veridian.Cli.Commands;

/// <summary>The whole command line: every verb, and what happens to errors.</summary>
internal static class CommandLine
{
    /// <summary>Parses and runs; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var parse = Build().Parse(args);
        if (parse.Errors.Count > 0)
        {
            return RefuseUsage(parse);
        }

        try
        {
            return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            if (args.Contains("--json"))
            {
                Console.Out.WriteLine(JsonText.Document(Describe(failed), DocumentJson.Default.ErrorDocument));
            }

            return HotPath.Report(failed is AggregateException { InnerException: { } inner } ? inner : failed);
        }
    }

    /// <summary>The command model; completions are made from it too.</summary>
    public static RootCommand Build()
    {
        var common = new CommonOptions();
        var root = new RootCommand("Declarative package store: edit vpkg.toml, run 'vpkg apply', go back with 'vpkg rollback'.");
        foreach (var option in common.All)
        {
            root.Add(option);
        }

        foreach (var command in (Command[])
            [
                InitCommand.Create(common), InstallCommand.Create(common), RemoveCommand.Create(common), UpdateCommand.Create(common),
                ApplyCommand.Create(common), PlanCommand.Create(common), LockCommand.Create(common), RollbackCommand.Create(common),
                GenerationsCommand.Create(common), DiffCommand.Create(common),
                RunCommand.Create(common), ShellCommand.Create(common),
                ListCommand.Create(common), TreeCommand.Create(common), InfoCommand.Create(common), SearchCommand.Create(common), OutdatedCommand.Create(common),
                CollectCommand.Create(common), VerifyCommand.Create(common), StoreCommand.Create(common), CacheCommand.Create(common),
                CompletionCommand.Create(),
            ])
        {
            root.Add(command);
        }

        return root;
    }

    private static int RefuseUsage(ParseResult parse)
    {
        var verbs = parse.RootCommandResult.Command.Subcommands.Select(command => command.Name);
        var typed = parse.UnmatchedTokens.Count > 0 ? parse.UnmatchedTokens[0] : "";
        var nearest = parse.CommandResult.Command is RootCommand && typed.Length > 0 ? Core.Text.DidYouMean.Nearest(typed, verbs) : null;
        var unknownVerb = parse.CommandResult.Command is RootCommand && typed.Length > 0 && !typed.StartsWith('-');
        var first = unknownVerb ? $"There is no verb '{typed}'." : parse.Errors[0].Message;
        var path = parse.CommandResult.Command is RootCommand ? "vpkg" : $"vpkg {parse.CommandResult.Command.Name}";
        return HotPath.Report(new InvalidInputException(ErrorCodes.Usage, first, nearest is null ? $"Run '{path} --help'." : $"Did you mean 'vpkg {nearest}'?"));
    }

    private static ErrorDocument Describe(Exception failed) => new("vpkg.error/1", failed is VeridianException known
        ? new ErrorBody(known.Code.Id, known.Message, known.Hint, (known as InvalidInputException)?.Place?.ToString())
        : new ErrorBody(ErrorCodes.Unexpected.Id, failed.Message, "", null));
}
