using System.CommandLine;
using System.CommandLine.Completions;
using System.Text;

namespace Veridian.Cli.Commands;

/// <summary>Completion code for shells, made from the command model. Only for names of packages is the program started while somebody types.</summary>
internal static class CompletionScript
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "fish", "zsh"];

    public static string For(string shell, RootCommand root) => shell switch
    {
        "bash" => Bash(root),
        // zsh loads an installed file when it is needed, as the function of its name: that first time counts too.
        "zsh" => "#compdef vpkg\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(root) + "[ \"${funcstack[1]}\" != _vpkg ] || _bash_complete -F _vpkg\n",
        _ => Fish(root),
    };

    private static string Bash(RootCommand root)
    {
        var common = new CommonOptions();
        var places = string.Join('|', Places(common));
        var everywhere = string.Join('|', Spellings(common.Global));
        var valued = string.Join('|', root.Options.Where(option => option.Arity.MaximumNumberOfValues > 0 && option is not Option<bool>).SelectMany(Spellings));
        var text = new StringBuilder($$$"""
            _vpkg() {
                local cur=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} verb= words= names= at=1
                local -a place
                place=()
                COMPREPLY=()
                while [ "$at" -lt "$COMP_CWORD" ]; do
                    case ${COMP_WORDS[at]} in
                        {{{places}}}) place+=("${COMP_WORDS[at]}" "${COMP_WORDS[at+1]}") ;;
                        {{{everywhere}}}) place+=(--global) ;;
                    esac
                    case ${COMP_WORDS[at]} in
                        {{{valued}}}) at=$((at + 1)) ;;
                        -*) ;;
                        *) verb=${verb:-${COMP_WORDS[at]}} ;;
                    esac
                    at=$((at + 1))
                done
                if [ -z "$verb" ]; then

            """);
        text.Append($"        words='{string.Join(' ', Verbs(root))} {string.Join(' ', Options(root))}'\n    else\n        case $verb in\n");
        foreach (var command in root.Subcommands)
        {
            var names = string.Join('|', command.Aliases.Prepend(command.Name));
            IEnumerable<string> words = [.. command.Subcommands.Select(sub => sub.Name), .. command.Arguments.SelectMany(Choices), .. Options(command), .. command.Subcommands.SelectMany(Options), .. Options(root)];
            text.Append($"            {names}) words='{string.Join(' ', words.Distinct())}'{(NamesFor(command) is { } kind ? $" names={kind}" : "")} ;;\n");
        }

        text.Append("        esac\n        case $verb$previous in\n");
        foreach (var (verb, option) in WithChoices(root))
        {
            text.Append($"            {verb}{option.Name}) words='{string.Join(' ', Choices(option))}' names= ;;\n");
        }

        return text.Append("""
                    esac
                fi
                case $names:$cur in
                    :*|*:-*) ;;
                    *) words="$words $(command vpkg completion names "${place[@]}" "$names" -- "$cur" 2>/dev/null)" ;;
                esac
                COMPREPLY=($(compgen -W "$words" -- "$cur"))
                [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default 2>/dev/null
            }
            complete -F _vpkg vpkg

            """).ToString();
    }

    private static string Fish(RootCommand root)
    {
        // The places that were typed go on to the program.
        var common = new CommonOptions();
        var text = new StringBuilder($$"""
            function __vpkg_names
                set -l place
                set -l words (commandline -opc)
                for at in (seq 2 (count $words))
                    switch $words[$at]
                        case {{string.Join(' ', Places(common))}}
                            set -a place $words[$at] $words[(math $at + 1)]
                        case {{string.Join(' ', Spellings(common.Global))}}
                            set -a place --global
                    end
                end
                command vpkg completion names $place $argv[1] -- (commandline -ct) 2>/dev/null
            end

            """);
        foreach (var command in root.Subcommands)
        {
            var seen = $"__fish_seen_subcommand_from {string.Join(' ', command.Aliases.Prepend(command.Name))}";
            text.Append($"complete -c vpkg -n __fish_use_subcommand -f -a {command.Name} -d '{Quote(CommandText.FirstSentence(command))}'\n");
            foreach (var sub in command.Subcommands)
            {
                text.Append($"complete -c vpkg -n '{seen}; and not __fish_seen_subcommand_from {string.Join(' ', Verbs(command))}' -f -a {sub.Name} -d '{Quote(CommandText.FirstSentence(sub))}'\n");
                AppendOptions($"{seen}; and __fish_seen_subcommand_from {sub.Name}", sub);
            }

            if (NamesFor(command) is { } kind)
            {
                text.Append($"complete -c vpkg -n '{seen}' -f -a '(__vpkg_names {kind})'\n");
            }

            foreach (var choice in command.Arguments.SelectMany(Choices))
            {
                text.Append($"complete -c vpkg -n '{seen}' -f -a {choice}\n");
            }

            AppendOptions(seen, command);
        }

        AppendOptions("", root);
        return text.ToString();

        void AppendOptions(string condition, Command command)
        {
            foreach (var option in command.Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal)))
            {
                var when = condition.Length > 0 ? $" -n '{condition}'" : "";
                var value = Choices(option) is [_, ..] choices ? $" -x -a '{string.Join(' ', choices)}'" : option.HelpName is null ? "" : " -r";
                text.Append($"complete -c vpkg{when} -l {option.Name[2..]}{value} -d '{Quote(option.Description)}'\n");
            }
        }
    }

    /// <summary>Which names of packages a verb's arguments are; null: none.</summary>
    private static string? NamesFor(Command command) => command.Name switch
    {
        "remove" or "hold" or "unhold" => CompletionNamesCommand.Requested,
        "update" or "tree" or "why" or "verify" => CompletionNamesCommand.Selected,
        "install" or "info" or "why-not" => CompletionNamesCommand.Available,
        _ => null,
    };

    /// <summary>Options that take one of a few words, each with the pattern of the verbs that have it.</summary>
    private static IEnumerable<(string Verb, Option Option)> WithChoices(RootCommand root) =>
        from command in root.Subcommands
        from option in command.Options.Concat(command.Subcommands.SelectMany(sub => sub.Options))
        where Choices(option).Length > 0
        select (command.Name, option);

    private static string[] Choices(Symbol symbol) => symbol is Option<bool> ? [] : [.. symbol.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label).Where(label => label.Length > 0)];

    private static IEnumerable<string> Verbs(Command command) => command.Subcommands.Select(sub => sub.Name);

    private static IEnumerable<string> Options(Command command) => command.Options.Select(option => option.Name);

    /// <summary>Options that say whose packages are meant, each with a value.</summary>
    private static IEnumerable<string> Places(CommonOptions common) => new Option[] { common.Root, common.File, common.Environment }.SelectMany(Spellings);

    private static IEnumerable<string> Spellings(Option option) => option.Aliases.Prepend(option.Name);

    private static string Quote(string? text) => (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
