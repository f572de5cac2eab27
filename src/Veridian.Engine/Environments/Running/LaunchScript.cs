using System.Text;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Running;

/// <summary>The text of a generation's launcher: one small shell script for all commands, which becomes bubblewrap in one step.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-21. Called by a command's name it runs that command; <c>launch --exec CMD ARGS…</c> runs any.</remarks>
public static class LaunchScript
{
    /// <summary>The script.</summary>
    public static string Write(RunSettings settings)
    {
        var folders = RunArguments.SearchPath.Replace(':', ' ');
        return $$"""
            #!/bin/sh
            # Made by vpkg; do not edit.
            case ${0##*/} in
            launch)
              if [ "${1-}" != --exec ] || [ $# -lt 2 ]; then echo "usage: ${0##*/} --exec COMMAND [ARGUMENT]..." >&2; exit 2; fi
              shift ;;
            *) set -- "${0##*/}" "$@" ;;
            esac
            if [ "${VPKG_ENV_DIGEST-}" = {{settings.Environment}} ]; then
              case $1 in */*) exec "$@" ;; esac
              for d in {{folders}}; do
                if [ -x "$d/$1" ]; then c=$d/$1; shift; exec "$c" "$@"; fi
              done
              exec /usr/bin/env -- "$@"
            fi
            b={{Quote(settings.Bubblewrap)}}
            [ -x "$b" ] || b=$(command -v bwrap) || { echo "vpkg: the program 'bwrap' (bubblewrap) is not installed." >&2; exit 5; }
            case ${SHELL-} in {{string.Join('|', settings.Shells.Append("/bin/bash").Distinct().Select(Quote))}}) ;; *) export SHELL=/bin/bash ;; esac
            {{LocaleLine(settings)}}exec "$b" {{Words(RunArguments.Of(settings))}}{{Variables(settings)}} \
             ${XDG_RUNTIME_DIR:+--bind-try "$XDG_RUNTIME_DIR" "$XDG_RUNTIME_DIR"} -- "$@"

            """;
    }

    /// <summary>A text as one word of the shell, whatever is in it.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or ':' or '=' or ',' or '@' or '%')
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string LocaleLine(RunSettings settings) => settings.HasLocales ? "export LANG=\"${LANG:-C.UTF-8}\"\n" : "";

    private static string Words(IEnumerable<string> words)
    {
        var text = new StringBuilder();
        foreach (var word in words)
        {
            // One option per line, its values behind it: people read this file when something does not start.
            text.Append(word.StartsWith("--", StringComparison.Ordinal) ? " \\\n " : " ").Append(Quote(word));
        }

        return text.ToString().TrimStart(' ', '\\', '\n');
    }

    private static string Variables(RunSettings settings)
    {
        var text = new StringBuilder();
        foreach (var variable in settings.Variables)
        {
            text.Append(" \\\n --setenv ").Append(variable.Name).Append(' ');
            text.Append(variable.Parts.Count == 0 ? "''" : string.Concat(variable.Parts.Select(Part)));
        }

        return text.ToString();
    }

    private static string Part(VariablePart part) => part.IsHostVariable ? $"\"${{{part.Text}-}}\"" : Quote(part.Text);
}
