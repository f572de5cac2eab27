using System.CommandLine;
using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Cli.Commands;

/// <summary>Manual pages in the roff of man(7), made from the command model like help and completions.</summary>
internal static class ManualPage
{
    /// <summary>Every page with its file's name.</summary>
    public static IEnumerable<(string Name, string Text)> All(RootCommand root) =>
        root.Subcommands.Select(command => ($"vpkg-{command.Name}.1", Of(root, command.Name))).Prepend(("vpkg.1", Of(root, null)));

    /// <summary>The page of a verb, or of the program.</summary>
    /// <exception cref="InvalidInputException">There is no such verb.</exception>
    public static string Of(RootCommand root, string? verb)
    {
        var command = verb is null ? root : root.Subcommands.FirstOrDefault(command => command.Name == verb || command.Aliases.Contains(verb))
            ?? throw new InvalidInputException(ErrorCodes.Usage, $"There is no verb '{verb}'.", "Run 'vpkg --help' to see all.");
        var name = verb is null ? "vpkg" : $"vpkg-{command.Name}";
        var text = new StringBuilder($".TH \"{name.ToUpperInvariant()}\" 1 \"\" \"vpkg {ProgramVersion.Text}\" \"User Commands\"\n");
        Section(text, "NAME", $"{name} \\- {Escape(CommandText.FirstSentence(command))}");
        Section(text, "SYNOPSIS", $".B vpkg\n{Synopsis(verb is null ? null : command)}");
        Section(text, "DESCRIPTION", Escape(command.Description ?? ""));
        if (verb is null)
        {
            Section(text, "VERBS", string.Concat(root.Subcommands.Select(sub => $".TP\n.BR vpkg\\-{Escape(sub.Name)} (1)\n{Escape(sub.Description ?? "")}\n")));
        }
        else
        {
            Arguments(text, command);
            foreach (var sub in command.Subcommands)
            {
                text.Append($".SS {Escape(string.Join(' ', ["vpkg", command.Name, sub.Name, .. sub.Arguments.Select(PlainWord)]))}\n{Escape(sub.Description ?? "")}\n");
                Arguments(text, sub, heading: false);
            }
        }

        Section(text, verb is null ? "OPTIONS OF EVERY VERB" : "COMMON OPTIONS", string.Concat(root.Options.Where(option => !option.Hidden).Select(Item)));
        Section(text, "EXIT STATUS", "0 done, or nothing to do; 1 a bug; 2 wrong input; 3 unsolvable; 4 untrusted; 5 unavailable or storage failure; 6 activation failed; 7 store damaged; 8 busy; 10 changes pending (plan \\-\\-detailed\\-exitcode); 130 interrupted; 143 terminated.");
        Section(text, "SEE ALSO", verb is null ? ".B vpkg explain\nfor errors by their id" : ".BR vpkg (1)");
        return text.ToString();
    }

    private static string Synopsis(Command? command) => command is null
        ? ".I VERB\n.RI [ options ]"
        : $".B {Escape(command.Name)}\n{(command.Subcommands.Count > 0 ? ".I SUBVERB\n" : "")}.RI [ options ]{string.Concat(command.Arguments.Select(argument => $"\n{Word(argument)}"))}";

    private static string Word(Argument argument)
    {
        var (name, more) = (Escape(argument.Name), argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");
        return argument.Arity.MinimumNumberOfValues == 0 ? $".RI [ {name}{more} ]" : $".IR {name} {(more.Length > 0 ? more : "\"\"")}";
    }

    private static string PlainWord(Argument argument) =>
        (argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");

    private static void Arguments(StringBuilder text, Command command, bool heading = true)
    {
        var items = string.Concat(command.Arguments.Select(argument => $".TP\n.I {Escape(argument.Name)}\n{Escape(argument.Description ?? "")}\n"))
            + string.Concat(command.Options.Where(option => !option.Hidden).Select(Item));
        if (items.Length > 0)
        {
            text.Append(heading ? ".SH OPTIONS\n" : "").Append(items);
        }
    }

    private static string Item(Option option)
    {
        var names = option.Aliases.Prepend(option.Name).Where(name => name.StartsWith('-')).Select(name => $"\\fB{Escape(name)}\\fR");
        var value = option.HelpName is { Length: > 0 } help ? $" \\fI{Escape(help)}\\fR" : "";
        return $".TP\n{string.Join(", ", names)}{value}\n{Escape(option.Description ?? "")}\n";
    }

    private static void Section(StringBuilder text, string title, string body) => text.Append($".SH {title}\n{body}{(body.EndsWith('\n') ? "" : "\n")}");

    private static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
