using System.CommandLine;
using System.Text;

namespace Veridian.Cli.Commands;

/// <summary>Completion code for shells, made from the command model: no start of the program while typing.</summary>
internal static class CompletionScript
{
    public static string For(string shell, RootCommand root) => shell switch
    {
        "bash" => Bash(root),
        "zsh" => "#compdef vpkg\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(root),
        _ => Fish(root),
    };

    private static string Bash(RootCommand root)
    {
        var text = new StringBuilder("_vpkg() {\n    local cur=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=\n    COMPREPLY=()\n    if [ \"$COMP_CWORD\" -eq 1 ]; then\n");
        text.Append($"        words='{string.Join(' ', Verbs(root))} {string.Join(' ', Options(root))}'\n    else\n        case $verb in\n");
        foreach (var command in root.Subcommands)
        {
            var names = string.Join('|', command.Aliases.Prepend(command.Name));
            text.Append($"            {names}) words='{string.Join(' ', command.Subcommands.Select(sub => sub.Name).Concat(Options(command)).Concat(Options(root)))}' ;;\n");
        }

        return text.Append("        esac\n    fi\n    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n    [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default 2>/dev/null\n}\ncomplete -F _vpkg vpkg\n").ToString();
    }

    private static string Fish(RootCommand root)
    {
        var text = new StringBuilder();
        foreach (var command in root.Subcommands)
        {
            text.Append($"complete -c vpkg -n __fish_use_subcommand -a {command.Name} -d '{Quote(command.Description)}'\n");
            foreach (var sub in command.Subcommands)
            {
                text.Append($"complete -c vpkg -n '__fish_seen_subcommand_from {command.Name}' -a {sub.Name} -d '{Quote(sub.Description)}'\n");
            }

            foreach (var option in command.Options.Where(option => option.Name.StartsWith("--", StringComparison.Ordinal)))
            {
                text.Append($"complete -c vpkg -n '__fish_seen_subcommand_from {command.Name}' -l {option.Name[2..]} -d '{Quote(option.Description)}'\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Verbs(RootCommand root) => root.Subcommands.Select(command => command.Name);

    private static IEnumerable<string> Options(Command command) => command.Options.Select(option => option.Name);

    private static string Quote(string? text) => (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
}
