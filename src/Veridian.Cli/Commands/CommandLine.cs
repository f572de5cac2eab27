using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Engine;

namespace Veridian.Cli.Commands;

/// <summary>The whole command line: every verb, and what happens to errors.</summary>
internal static class CommandLine
{
    /// <summary>Every verb by the name it is typed with, in the order of the help.</summary>
    private static readonly (string Name, Func<CommonOptions, Command> Create)[] Verbs =
    [
        ("init", InitCommand.Create),
        ("install", InstallCommand.Create),
        ("remove", RemoveCommand.Create),
        ("update", UpdateCommand.Create),
        ("hold", HoldCommand.Create),
        ("unhold", HoldCommand.CreateUnhold),
        ("apply", ApplyCommand.Create),
        ("plan", PlanCommand.Create),
        ("lock", LockCommand.Create),
        ("rollback", RollbackCommand.Create),
        ("generations", GenerationsCommand.Create),
        ("diff", DiffCommand.Create),
        ("run", RunCommand.Create),
        ("shell", ShellCommand.Create),
        ("activate", ActivateCommand.Create),
        ("deactivate", _ => DeactivateCommand.Create()),
        ("hook", HookCommand.Create),
        ("env", VariablesCommand.Create),
        ("host", HostCommand.Create),
        ("trust", TrustCommand.Create),
        ("untrust", UntrustCommand.Create),
        ("list", ListCommand.Create),
        ("tree", TreeCommand.Create),
        ("why", WhyCommand.Create),
        ("why-not", WhyNotCommand.Create),
        ("info", InfoCommand.Create),
        ("search", SearchCommand.Create),
        ("outdated", OutdatedCommand.Create),
        ("gc", CollectCommand.Create),
        ("verify", VerifyCommand.Create),
        ("store", StoreCommand.Create),
        ("cache", CacheCommand.Create),
        ("doctor", DoctorCommand.Create),
        ("check", CheckCommand.Create),
        ("fmt", FormatCommand.Create),
        ("config", ConfigCommand.Create),
        ("log", LogCommand.Create),
        ("explain", ExplainCommand.Create),
        ("completion", CompletionCommand.Create),
        ("man", _ => ManCommand.Create()),
    ];

    /// <summary>Parses and runs; returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["help", .. var verb])
        {
            args = [.. verb, "--help"];
        }

        var common = new CommonOptions();
        var parse = Build(args.Length > 0 ? args[0] : null, common).Parse(args);
        if (UsageRefusal.Of(parse, args) is { } wrong)
        {
            return Fail(wrong, args);
        }

        using var signals = new StopSignals();
        try
        {
            var code = await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Token);
            CommandRecord.Add(args, parse, common, code);
            return code;
        }
        catch (Exception failed)
        {
            var code = Fail(failed, args) switch { ExitCodes.Interrupted => signals.ExitCode, var other => other };
            CommandRecord.Add(args, parse, common, code);
            return code;
        }
    }

    /// <summary>The command model; completions and help are made from it too.</summary>
    /// <param name="typed">
    /// What stands first on the command line. Where it is a verb's own name, only that verb is built: the others would cost more than most verbs do.
    /// </param>
    /// <param name="options">The options of every verb; null for fresh ones.</param>
    public static RootCommand Build(string? typed = null, CommonOptions? options = null)
    {
        var common = options ?? new CommonOptions();
        var root = new RootCommand("Declarative package store: edit vpkg.toml, run 'vpkg apply', go back with 'vpkg rollback'.");
        foreach (var option in common.All)
        {
            root.Add(option);
        }

        var known = Array.Exists(Verbs, verb => verb.Name == typed);
        foreach (var (name, create) in Verbs)
        {
            if (!known || name == typed)
            {
                root.Add(create(common));
            }
        }

        return root;
    }

    private static int Fail(Exception failed, string[] args)
    {
        if (args.TakeWhile(arg => arg != "--").Contains("--json"))
        {
            Console.Out.WriteLine(JsonText.Document(Describe(KnownFailure.Of(failed)), DocumentJson.Default.ErrorDocument));
        }

        return HotPath.Report(failed);
    }

    private static ErrorDocument Describe(Exception failed) => new("vpkg.error/1", failed is VeridianException known
        ? new ErrorBody(known.Code.Id, known.Message, known.Hint, ErrorPrinter.PlaceOf(known)?.ToString())
        {
            Reasons = known is UnsolvableException { Reasons.Count: > 0 } unsolvable ? unsolvable.Reasons : null,
            Fixes = known is UnsolvableException { Reasons.Count: > 0 } conflict ? conflict.Fixes : null,
        }
        : new ErrorBody(ErrorCodes.Unexpected.Id, failed.Message, "", null));
}
