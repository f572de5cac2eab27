using System.Text;

namespace Veridian.Engine.Environments.Running.Shells;

/// <summary>Text for bash and zsh: activating a project, leaving it again, and the hook that does both where the prompt is shown.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-32 to CL-34. Nothing here starts a program but, when the folder changes, one subshell.</remarks>
public static class PosixShellText
{
    /// <summary>Puts back what <see cref="Activate"/> changed; does nothing where nothing is active.</summary>
    public const string Leave = """
        __vpkg_leave() {
          [ -n "${VPKG_ACTIVE-}" ] || return 0
          __vpkg_rest=${VPKG_ACTIVE_VARIABLES-}
          while [ -n "$__vpkg_rest" ]; do
            __vpkg_name=${__vpkg_rest%%:*}
            __vpkg_rest=${__vpkg_rest#*:}
            eval "if [ -n \"\${VPKG_WAS_$__vpkg_name+x}\" ]; then export $__vpkg_name=\"\$VPKG_WAS_$__vpkg_name\"; unset VPKG_WAS_$__vpkg_name; else unset $__vpkg_name; fi"
          done
          __vpkg_path=":$PATH:"
          case $__vpkg_path in
          *":$VPKG_ACTIVE_BIN:"*)
            __vpkg_path="${__vpkg_path%%":$VPKG_ACTIVE_BIN:"*}:${__vpkg_path#*":$VPKG_ACTIVE_BIN:"}"
            __vpkg_path=${__vpkg_path#:}
            PATH=${__vpkg_path%:} ;;
          esac
          unset VPKG_ACTIVE VPKG_ACTIVE_BIN VPKG_ACTIVE_FILE VPKG_ACTIVE_HOOK VPKG_ACTIVE_VARIABLES __vpkg_path __vpkg_rest __vpkg_name
          hash -r 2>/dev/null || :
        }

        """;

    // How the nearest project upward is found; the file it leads to lies in the user's own state folder, never in the project.
    private const string Look = """
        __vpkg_look() {
          if [ "$PWD" != "${__vpkg_pwd-}" ]; then
            __vpkg_pwd=$PWD
            __vpkg_real=$(pwd -P)
          fi
          __vpkg_dir=$__vpkg_real
          while [ ! -f "$__vpkg_dir/vpkg.toml" ]; do
            case $__vpkg_dir in
            ?*) __vpkg_dir=${__vpkg_dir%/*} ;;
            *) break ;;
            esac
          done
          __vpkg_file="$__vpkg_hooks$__vpkg_dir/@vpkg/activate.sh"
          if [ -f "$__vpkg_dir/vpkg.toml" ] && [ -f "$__vpkg_file" ]; then
            if ! [ "$__vpkg_file" -ef "${VPKG_ACTIVE_FILE-}" ]; then
              . "$__vpkg_file"
              export VPKG_ACTIVE_HOOK=1
            fi
          elif [ -n "${VPKG_ACTIVE_HOOK-}" ]; then
            __vpkg_leave
          fi
        }

        """;

    /// <summary>Code that activates a project, after leaving another one.</summary>
    public static string Activate(ActivatedProject project)
    {
        var text = new StringBuilder("# Made by vpkg for bash and zsh; do not edit.\n").Append(Leave).Append("__vpkg_leave\n");
        var shown = project.Shown.ToArray();
        // Every value is made before the first variable changes: a value may name another one's old content.
        foreach (var (variable, index) in shown.Select((variable, index) => (variable, index)))
        {
            text.Append("__vpkg_").Append(index).Append('=').Append(RunArguments.Word(variable)).Append('\n');
        }

        foreach (var (variable, index) in shown.Select((variable, index) => (variable, index)))
        {
            var name = variable.Name;
            text.Append($"[ -z \"${{{name}+x}}\" ] || export VPKG_WAS_{name}=\"${name}\"\nexport {name}=\"$__vpkg_{index}\"\nunset __vpkg_{index}\n");
        }

        text.Append("export VPKG_ACTIVE=").Append(LaunchScript.Quote(project.Folder)).Append('\n');
        text.Append("export VPKG_ACTIVE_BIN=").Append(LaunchScript.Quote(project.Commands)).Append('\n');
        text.Append("export VPKG_ACTIVE_FILE=").Append(LaunchScript.Quote(project.Generation + "/activate.sh")).Append('\n');
        text.Append("export VPKG_ACTIVE_VARIABLES=").Append(string.Concat(shown.Select(variable => variable.Name + ":"))).Append('\n');
        text.Append("export PATH=\"$VPKG_ACTIVE_BIN:$PATH\"\nhash -r 2>/dev/null || :\n");
        if (project.Lines.Count > 0)
        {
            var lines = LaunchScript.Quote(string.Join('\n', project.Lines));
            text.Append($"if [ -e {LaunchScript.Quote(project.TrustFile)} ]; then\neval {lines}\nelse\necho \"vpkg: the activation lines of this project are not trusted and not run; 'vpkg trust' shows and allows them.\" >&2\nfi\n");
        }

        return text.ToString();
    }

    /// <summary>The hook for bash.</summary>
    /// <param name="hooks">Absolute path of the folder that mirrors the paths of applied projects.</param>
    public static string BashHook(string hooks) => Hook(hooks) + """
        __vpkg_hook() {
          local code=$?
          __vpkg_look
          return $code
        }
        case ";${PROMPT_COMMAND-};" in
        *__vpkg_hook*) ;;
        *) PROMPT_COMMAND="__vpkg_hook${PROMPT_COMMAND:+;$PROMPT_COMMAND}" ;;
        esac

        """;

    /// <summary>The hook for zsh.</summary>
    public static string ZshHook(string hooks) => Hook(hooks) + """
        __vpkg_hook() { __vpkg_look; }
        autoload -Uz add-zsh-hook
        add-zsh-hook precmd __vpkg_hook

        """;

    private static string Hook(string hooks) => $"# Made by vpkg; evaluate it in the shell's start-up file.\n__vpkg_hooks={LaunchScript.Quote(hooks)}\n{Leave}{Look}";
}
