using System.Text;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Running;

/// <summary>The text of a generation's launcher: one small shell script for all commands, which becomes the command without a process in between.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-21, E-60. Called by a command's name it runs that command; <c>launch --exec CMD ARGS…</c> runs any.</remarks>
public static class LaunchScript
{
    /// <summary>The script.</summary>
    public static string Write(RunSettings settings) =>
        $$"""
        #!/bin/sh
        # Made by vpkg; do not edit.
        case ${0##*/} in
        launch)
          if [ "${1-}" != --exec ] || [ $# -lt 2 ]; then echo "usage: ${0##*/} --exec COMMAND [ARGUMENT]..." >&2; exit 2; fi
          shift ;;
        *) set -- "${0##*/}" "$@" ;;
        esac
        if [ "${VPKG_ENV_DIGEST-}" = {{settings.Environment}} ]; then
        {{Inside(settings)}}
        fi
        {{Shell(settings)}}
        {{KeptState(settings)}}{{(settings.EntersItself ? Entering(settings) : Bubblewrap(settings))}}

        """;

    /// <summary>The script that is <c>vpkg</c> inside: it runs the host's, on the host; <c>vpkg host COMMAND</c> runs any other.</summary>
    public static string WriteInside(OwnProgram program) =>
        $$"""
        #!/bin/sh
        # Made by vpkg; do not edit.
        case ${1-} in
        host)
          shift
          if [ "${1-}" = -- ]; then shift; fi
          if [ $# -eq 0 ]; then echo "usage: vpkg host COMMAND [ARGUMENT]..." >&2; exit 2; fi ;;
        *)
          {{string.Concat(program.Variables.Select(variable => $"export {variable.Name}={Quote(variable.Value)}; "))}}
          set -- {{Quote(program.Path)}} "$@" ;;
        esac
        export PATH="${VPKG_HOST_PATH-/usr/bin:/bin}"
        unset VPKG_ENV VPKG_ENV_DIGEST VPKG_HOST_PATH TZDIR {{string.Join(' ', RunArguments.CertificateNames)}}
        exec {{StandardFiles.GenerationFolder}}/{{Launcher.LeaveName}} + "$@"

        """;

    /// <summary>A text as one word of the shell, whatever is in it.</summary>
    public static string Quote(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+' or ':' or '=' or ',' or '@' or '%')
            ? text
            : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>The program that looks for a command, as it is seen inside.</summary>
    private static string EntryInside => $"{StandardFiles.GenerationFolder}/{Launcher.EntryName}";

    private static string Shell(RunSettings settings) => settings.Shell is { } own
        ? $"export SHELL={Quote(own)}"
        : $"case ${{SHELL-}} in {string.Join('|', settings.Shells.Append("/bin/bash").Distinct().Select(Quote))}) ;; *) export SHELL=/bin/bash ;; esac";

    /// <summary>Fills the folder that keeps <c>/var</c> with what the environment has there and it lacks: once for each environment.</summary>
    private static string KeptState(RunSettings settings)
    {
        if (settings.State is not { } state)
        {
            return "";
        }

        var text = new StringBuilder($"s={Quote(state)}\nif [ ! -e \"$s/.vpkg-{settings.Environment}\" ]; then\n  mkdir -p \"$s\"");
        foreach (var (path, source) in RunArguments.StateSources(settings))
        {
            text.Append($" &&\n  mkdir -p \"$s\"{Quote(path + "/")} && cp -RPn {Quote(source)}/. \"$s\"{Quote(path + "/")}");
        }

        text.Append($" && chmod -R u+w \"$s\" &&\n  for d in {string.Join(' ', StandardTree.Volatile)}; do if [ -L \"$s/$d\" ]; then rm -f \"$s/$d\" && mkdir \"$s/$d\"; fi; done &&\n");
        foreach (var path in RunArguments.KeptFolders(settings))
        {
            text.Append($"  mkdir -p \"$s\"{Quote(path)} &&\n");
        }

        text.Append($"  : >\"$s/.vpkg-{settings.Environment}\" || exit 5\nfi\n");
        return text.ToString();
    }

    private static string Inside(RunSettings settings) => settings.HasEntry
        ? $"  exec {EntryInside} - \"$@\""
        : $$"""
            case $1 in */*) exec "$@" ;; esac
            for d in {{RunArguments.SearchPath.Replace(':', ' ')}}; do
              if [ -x "$d/$1" ]; then c=$d/$1; shift; exec "$c" "$@"; fi
            done
            exec /usr/bin/env -- "$@"
          """;

    private static string Entering(RunSettings settings)
    {
        var text = new StringBuilder();
        text.Append("unset ").AppendJoin(' ', RunArguments.Unset(settings)).Append('\n');
        foreach (var (name, value) in RunArguments.Set(settings))
        {
            text.Append("export ").Append(name).Append('=').Append(value).Append('\n');
        }

        return text.Append("exec ").Append(Quote($"{settings.GenerationFiles}/{Launcher.EntryName}")).Append(" + \"$@\"").ToString();
    }

    private static string Bubblewrap(RunSettings settings)
    {
        var text = new StringBuilder();
        text.Append("b=").Append(Quote(settings.Bubblewrap)).Append('\n');
        text.Append("[ -x \"$b\" ] || b=$(command -v bwrap) || { echo \"vpkg: the program 'bwrap' (bubblewrap) is not installed.\" >&2; exit 5; }\n");
        text.Append("exec \"$b\" --die-with-parent");
        foreach (var capability in (string[])["CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_PTRACE", "CAP_SYS_ADMIN"])
        {
            text.Append(" \\\n --cap-drop ").Append(capability); // E-61: also where root starts it
        }

        foreach (var word in RunArguments.Mounts(settings))
        {
            // One option per line, its values behind it: people read this file when something does not start.
            text.Append(word.StartsWith("--", StringComparison.Ordinal) ? " \\\n " : " ").Append(Quote(word));
        }

        foreach (var name in RunArguments.Unset(settings))
        {
            text.Append(" \\\n --unsetenv ").Append(name);
        }

        foreach (var (name, value) in RunArguments.Set(settings))
        {
            text.Append(" \\\n --setenv ").Append(name).Append(' ').Append(value);
        }

        return text.Append(" -- ").Append(settings.HasEntry ? $"{EntryInside} = " : "").Append("\"$@\"").ToString();
    }
}
