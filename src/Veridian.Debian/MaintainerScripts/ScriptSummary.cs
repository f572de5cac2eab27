using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a maintainer script would do, as far as its text tells.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-18.</remarks>
public sealed record ScriptSummary
{
    private const int MaxBytes = 1 << 20;
    private const string SnippetStart = "# Automatically added by ";
    private const string SnippetEnd = "# End automatically added section";

    // Commands that change nothing outside the script itself, or nothing that an environment keeps: owners, debconf's answers, what is known of services.
    private static readonly string[] Scaffolding =
    [
        "set", "exit", "return", "shift", ":", "true", "false", "[", "test", "echo", "printf", "break", "continue", "local", "unset", "export", "umask",
        "which", "command", "type", "getent", "id", "uname", "chown", "chgrp", "dpkg-statoverride",
        "db_version", "db_get", "db_set", "db_fget", "db_fset", "db_input", "db_go", "db_stop", "db_unregister", "db_purge", "db_subst", "db_title", "db_capb",
        "update-rc.d", "invoke-rc.d", "deb-systemd-invoke", "deb-systemd-helper", "systemctl", "udevadm", "update-initramfs", "update-grub", "depmod",
        "py3compile", "pycompile", "py3clean", "pyclean", "update-ca-certificates", "setcap", "getcap", "sysctl",
        // They read, and write to where they are told to, which is looked at by itself.
        "cat", "cmp", "cut", "grep", "egrep", "fgrep", "head", "ls", "readlink", "tail", "tr", "wc",
    ];

    // Bits that no tree has.
    private static readonly string[] ModesNotKept = ["u+s", "g+s", "u-s", "g-s", "+t", "a+r", "o-w"];

    // Triggers that lead to nothing, whoever waits for them.
    private static readonly string[] TriggersOfMachines = ["update-initramfs"];

    // What dpkg-maintscript-helper does where no older version was there: nothing.
    private static readonly string[] OnlyForUpgrades = ["rm_conffile", "mv_conffile", "symlink_to_dir", "dir_to_symlink"];

    private const string DebconfModule = "/usr/share/debconf/confmodule";

    // Tools whose snippets start or reload something, compile what is compiled on first use anyway, or do what vpkg does itself.
    private static readonly string[] NothingToRun =
    [
        "dh_installsystemd", "dh_installsystemduser", "dh_systemd_enable", "dh_systemd_start", "dh_installinit", "dh_installdeb", "dh_installdebconf", "dh_makeshlibs",
        "dh_python3", "dh_python2", "dh_pypy", "dh_apparmor", "dh_installalternatives", "dh_installmime", "dh_icons", "dh_installinfo", "dh_installudev", "dh_installmodules",
        "dh_installxmlcatalogs", "dh_installmenu", "dh_installsysusers",
    ];

    // A tool whose snippets are read like all else: those of a preinst do nothing at a first installation.
    private const string ReadTool = "dh_php";

    /// <summary>Names of the debhelper tools that generated parts of it (<c>dh_installsystemd</c>), each once, in order.</summary>
    public required IReadOnlyList<string> GeneratedBy { get; init; }

    /// <summary>Commands that no tool generated and that are neither scaffolding nor read by a reader of their own (alternatives, diversions, XML catalogues) nor ldconfig.</summary>
    public required IReadOnlyList<string> OwnCommands { get; init; }

    /// <summary>Whether it is a shell script at all.</summary>
    public required bool IsShell { get; init; }

    private IReadOnlyList<string> Needless { get; init; } = [];

    /// <summary>Whether the script has nothing beyond generated snippets, alternatives and ldconfig.</summary>
    public bool IsPlain => IsShell && OwnCommands.Count == 0;

    /// <summary>Whether the script need not run: it is plain, and so are the snippets of the tools that generated it.</summary>
    public bool NeedsNoRun => IsPlain && GeneratedBy.All(tool => NothingToRun.Contains(tool) || Needless.Contains(tool));

    /// <summary>Summarises a script; one above 1 MiB or in another language counts as no shell script.</summary>
    /// <param name="script">Its bytes.</param>
    /// <param name="call">How it is called: what does not run then does not count.</param>
    public static ScriptSummary Of(ReadOnlySpan<byte> script, ScriptCall call)
    {
        if (script.Length > MaxBytes || !IsShellScript(script))
        {
            return new ScriptSummary { GeneratedBy = [], OwnCommands = [], IsShell = false };
        }

        var generatedBy = new List<string>();
        var own = WithoutSnippets(Encoding.UTF8.GetString(script), generatedBy);
        return new ScriptSummary
        {
            GeneratedBy = generatedBy,
            OwnCommands = [.. ShellReader.Read(own, call).Where(command => command.Runs != Truth.No && !IsKnown(command, call)).Select(command => command.Text)],
            IsShell = true,
            Needless = call.Needless,
        };
    }

    /// <summary>The commands of a shell script that no tool generated.</summary>
    internal static IReadOnlyList<ShellCommand> CommandsOf(ReadOnlySpan<byte> script, ScriptCall call) => ShellReader.Read(WithoutSnippets(Encoding.UTF8.GetString(script), []), call);

    /// <summary>Whether a line, without spaces around it, is where a generated section begins or ends.</summary>
    internal static bool IsSnippetMark(string line) => line == SnippetEnd || line.StartsWith(SnippetStart, StringComparison.Ordinal);

    /// <summary>Whether the first line names sh, dash or bash.</summary>
    internal static bool IsShellScript(ReadOnlySpan<byte> script)
    {
        var end = script.IndexOf((byte)'\n');
        var words = Encoding.UTF8.GetString(end < 0 ? script : script[..end]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words[0].StartsWith("#!", StringComparison.Ordinal)
            && words.Any(word => word.Split('/', '!')[^1] is "sh" or "dash" or "bash");
    }

    private static string WithoutSnippets(string text, List<string> generatedBy)
    {
        var own = new StringBuilder(text.Length);
        var inSnippet = false;
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith(SnippetStart, StringComparison.Ordinal))
            {
                var tool = trimmed[SnippetStart.Length..].Split('/', ' ')[0];
                inSnippet = tool != ReadTool;
                if (inSnippet && !generatedBy.Contains(tool))
                {
                    generatedBy.Add(tool);
                }
            }
            else if (trimmed == SnippetEnd)
            {
                inSnippet = false;
            }
            else if (!inSnippet)
            {
                own.Append(line).Append('\n');
            }
        }

        return own.ToString();
    }

    private static bool IsKnown(ShellCommand command, ScriptCall call)
    {
        var name = command.Name[(command.Name.LastIndexOf('/') + 1)..];
        var runsOthers = command.Words.Any(word => word.RunsCommand);
        return !runsOthers && !command.WritesFile && !Fails(command.Words)
            && (IsAssignment(command.Words) || (command.Words[0].IsLiteral && (Scaffolding.Contains(name) || name is "update-alternatives" or "update-xmlcatalog" or "dpkg-divert" or "ldconfig" || call.Needless.Contains(name) || HasNoEffect(name, command.Words))));
    }

    // A script that may end with an error has to run, so that its error is seen.
    private static bool Fails(IReadOnlyList<ShellToken> words) => words[0].Text is "exit" && words.Count > 1 && words[1].Text != "0";

    private static bool HasNoEffect(string name, IReadOnlyList<ShellToken> words) => name switch
    {
        "." => words is [_, { IsLiteral: true, Text: DebconfModule }],
        "dpkg" => words.Count > 1 && words[1].Text is "--compare-versions" or "--print-architecture" or "--validate-version",
        "chmod" => words.Count > 1 && words[1].IsLiteral && ModesNotKept.Contains(words[1].Text),
        "dpkg-trigger" => words.All(word => word.IsLiteral) && TriggersOfMachines.Contains(words[^1].Text),
        "rm" => words.All(word => word.IsLiteral) && words.Skip(1).All(word => word.Text is ['-', ..] || word.Text.StartsWith("/etc/alternatives/", StringComparison.Ordinal)),
        "dpkg-maintscript-helper" => words.Count > 1 && OnlyForUpgrades.Contains(words[1].Text),
        _ => false,
    };

    private static bool IsAssignment(IReadOnlyList<ShellToken> words) =>
        words.Count == 1 && words[0].Text.IndexOf('=', StringComparison.Ordinal) is var at and > 0
        && words[0].Text.Take(at).All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
