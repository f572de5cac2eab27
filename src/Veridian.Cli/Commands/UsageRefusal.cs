using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using Veridian.Core.Errors;
using Veridian.Core.Text;

namespace Veridian.Cli.Commands;

/// <summary>Says what is wrong with a command line, in the words of its verb and not of the library that read it.</summary>
internal static class UsageRefusal
{
    /// <summary>The error; null where nothing is wrong.</summary>
    public static InvalidInputException? Of(ParseResult parse, string[] args)
    {
        var command = parse.CommandResult.Command;
        if (command is RootCommand && parse.UnmatchedTokens is [var verb, ..] && !verb.StartsWith('-'))
        {
            return Refuse($"There is no verb '{verb}'.", DidYouMean.Nearest(verb, command.Subcommands.Select(sub => sub.Name)) is { } near ? $"Did you mean 'vpkg {near}'?" : "Run 'vpkg --help'.");
        }

        if (command.Subcommands.Count > 0 && parse.UnmatchedTokens is [var below, ..] && !below.StartsWith('-'))
        {
            var verbs = command.Subcommands.Select(sub => sub.Name).ToArray();
            return DidYouMean.Nearest(below, verbs) is { } meant
                ? Refuse($"'{PathOf(parse)}' has no verb '{below}'.", $"Did you mean '{PathOf(parse)} {meant}'?")
                : Refuse($"'{PathOf(parse)}' has no verb '{below}', but {Or(verbs)}.", Help(parse));
        }

        if (UnknownOption(parse, args) is { } option)
        {
            return Refuse($"'{PathOf(parse)}' has no option '{option}'.", DidYouMean.Nearest(option, Options(parse).Select(known => known.Name)) is { } near ? $"Did you mean '{near}'?" : Help(parse));
        }

        return parse.Errors.Count == 0 ? null : Refuse(Sentence(parse, parse.Errors[0]), Help(parse));
    }

    /// <summary>The verb as it was typed, such as <c>vpkg store du</c>.</summary>
    public static string PathOf(ParseResult parse)
    {
        var names = new List<string>();
        for (var result = parse.CommandResult; result?.Command is not (null or RootCommand); result = result.Parent as CommandResult)
        {
            names.Insert(0, result.Command.Name);
        }

        return string.Join(' ', names.Prepend("vpkg"));
    }

    // The library takes a word with a dash that it does not know for an argument. Nobody means that, unless '--' stands before,
    // or a command of its own: what follows that is the command's.
    private static string? UnknownOption(ParseResult parse, string[] args)
    {
        var options = args.TakeWhile(arg => arg != "--").Where(arg => arg.Length > 1 && arg[0] == '-').ToHashSet(StringComparer.Ordinal);
        return parse.CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(argument => argument.Argument.Name == CommandWords.Name ? argument.Tokens.Take(1) : argument.Tokens).Select(token => token.Value)
            .Concat(parse.UnmatchedTokens).FirstOrDefault(options.Contains);
    }

    private static IEnumerable<Option> Options(ParseResult parse) => parse.CommandResult.Command.Options.Concat(parse.RootCommandResult.Command.Options);

    private static string Sentence(ParseResult parse, ParseError error) => error.SymbolResult switch
    {
        OptionResult { Option: var option } when Word(error.SymbolResult) is { } word => Choices(option) is { Length: > 0 } choices
            ? $"'{option.Name}' takes {Or(choices)}, not '{word}'."
            : IsNumber(option) && !int.TryParse(word, out _) ? $"'{option.Name}' takes a whole number, not '{word}'." : error.Message,
        OptionResult { Option: var option } => $"'{option.Name}' takes a value: {option.HelpName ?? "VALUE"}.",
        ArgumentResult { Argument: var argument } when Word(error.SymbolResult) is { } word => Choices(argument) is { Length: > 0 } choices
            ? $"'{argument.Name}' is {Or(choices)}, not '{word}'."
            : argument.ValueType == typeof(int) ? $"'{argument.Name}' is a whole number, not '{word}'." : error.Message,
        ArgumentResult { Argument: var argument } => $"'{PathOf(parse)}' needs {argument.Name}: {argument.Description}.",
        CommandResult { Command: var command } when parse.UnmatchedTokens is [var word, ..] => $"'{PathOf(parse)}' has no use for '{word}'.",
        CommandResult { Command: { Subcommands.Count: > 0 } command } => command is RootCommand
            ? "A verb is missing." : $"'{PathOf(parse)}' needs a verb of its own: {Or([.. command.Subcommands.Select(sub => sub.Name)])}.",
        CommandResult { Command: var command } when command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0) is { } missing =>
            $"'{PathOf(parse)}' needs {missing.Name}: {missing.Description}.",
        _ => error.Message,
    };

    private static string? Word(SymbolResult symbol) => symbol.Tokens is [.., var last] ? last.Value : null;

    private static bool IsNumber(Option option) => option.ValueType == typeof(int) || option.ValueType == typeof(int?);

    private static string[] Choices(Symbol symbol) => [.. symbol.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label)];

    private static string Or(string[] words) => words.Length == 1 ? words[0] : $"{string.Join(", ", words[..^1])} or {words[^1]}";

    private static string Help(ParseResult parse) => $"Run '{PathOf(parse)} --help'.";

    private static InvalidInputException Refuse(string sentence, string hint) => new(ErrorCodes.Usage, sentence, hint);
}
