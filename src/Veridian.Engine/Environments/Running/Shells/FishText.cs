using System.Text;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Running.Shells;

/// <summary>The same as <see cref="PosixShellText"/> for fish.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-32 to CL-34.</remarks>
public static class FishText
{
    /// <summary>Puts back what <see cref="Activate"/> changed.</summary>
    public const string Leave = """
        function __vpkg_leave
            set -q VPKG_ACTIVE; or return 0
            for name in (string split ':' -- "$VPKG_ACTIVE_VARIABLES")
                test -n "$name"; or continue
                set -l was VPKG_WAS_$name
                if set -q $was
                    set -gx $name $$was
                    set -e $was
                else
                    set -e $name
                end
            end
            if set -l index (contains -i -- "$VPKG_ACTIVE_BIN" $PATH)
                set -e PATH[$index]
            end
            set -e VPKG_ACTIVE VPKG_ACTIVE_BIN VPKG_ACTIVE_FILE VPKG_ACTIVE_HOOK VPKG_ACTIVE_VARIABLES
        end

        """;

    private const string Look = """
        function __vpkg_hook --on-event fish_prompt
            set -l dir (pwd -P)
            while not test -f "$dir/vpkg.toml"
                test -n "$dir"; or break
                set dir (string replace -r '/[^/]*$' '' -- "$dir")
            end
            set -l file "$__vpkg_hooks$dir/@vpkg/activate.fish"
            if test -f "$dir/vpkg.toml"; and test -f "$file"
                if not test "$(path resolve -- $file)" = "$(path resolve -- $VPKG_ACTIVE_FILE)"
                    source "$file"
                    set -gx VPKG_ACTIVE_HOOK 1
                end
            else if set -q VPKG_ACTIVE_HOOK
                __vpkg_leave
            end
        end

        """;

    /// <summary>Code that activates a project, after leaving another one.</summary>
    public static string Activate(ActivatedProject project)
    {
        var text = new StringBuilder("# Made by vpkg for fish; do not edit.\n").Append(Leave).Append("__vpkg_leave\n");
        var shown = project.Shown.ToArray();
        foreach (var (variable, index) in shown.Select((variable, index) => (variable, index)))
        {
            text.Append("set -g __vpkg_").Append(index).Append(' ').Append(Word(variable)).Append('\n');
        }

        foreach (var (variable, index) in shown.Select((variable, index) => (variable, index)))
        {
            var name = variable.Name;
            text.Append($"set -q {name}; and set -gx VPKG_WAS_{name} \"${name}\"\nset -gx {name} $__vpkg_{index}\nset -e __vpkg_{index}\n");
        }

        text.Append("set -gx VPKG_ACTIVE ").Append(Quote(project.Folder)).Append('\n');
        text.Append("set -gx VPKG_ACTIVE_BIN ").Append(Quote(project.Commands)).Append('\n');
        text.Append("set -gx VPKG_ACTIVE_FILE ").Append(Quote(project.Generation + "/activate.fish")).Append('\n');
        text.Append("set -gx VPKG_ACTIVE_VARIABLES ").Append(Quote(string.Concat(shown.Select(variable => variable.Name + ":")))).Append('\n');
        text.Append("set -gx PATH $VPKG_ACTIVE_BIN $PATH\n");
        if (project.Lines.Count > 0)
        {
            text.Append($"if test -e {Quote(project.TrustFile)}\neval {Quote(string.Join('\n', project.Lines))}\nelse\necho \"vpkg: the activation lines of this project are not trusted and not run; 'vpkg trust' shows and allows them.\" >&2\nend\n");
        }

        return text.ToString();
    }

    /// <summary>The hook.</summary>
    /// <param name="hooks">As for bash.</param>
    public static string Hook(string hooks) => $"# Made by vpkg; source it in config.fish.\nset -g __vpkg_hooks {Quote(hooks)}\n{Leave}{Look}";

    private static string Word(EvaluatedVariable variable) => variable.Parts.Count == 0
        ? "''"
        : string.Concat(variable.Parts.Select(part => part.IsHostVariable ? $"\"${part.Text}\"" : Quote(part.Text)));

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
