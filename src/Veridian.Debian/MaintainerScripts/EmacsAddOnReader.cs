using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a maintainer script says of Emacs' add-on packages.</summary>
/// <param name="Marks">Whether it surely marks its package as one that is set up, and as far as its text tells nothing else that concerns Emacs.</param>
/// <param name="NotUnderstood">Text of all other commands that name the tools of <c>emacsen-common</c> and may run.</param>
public sealed record EmacsAddOnContent(bool Marks, IReadOnlyList<string> NotUnderstood);

/// <summary>What a maintainer script finds of the package <c>emacsen-common</c>.</summary>
public enum EmacsTools
{
    /// <summary>Nothing: it is not there.</summary>
    Missing,

    /// <summary>It is a script of that package itself.</summary>
    Own,

    /// <summary>It depends on that package, which has been configured.</summary>
    Ready,
}

/// <summary>Finds <c>emacs-package-install</c> in the text of a maintainer script, without running it.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-25.</remarks>
public static class EmacsAddOnReader
{
    private const int MaxBytes = 1 << 20;
    private const string Folder = "/var/lib/emacsen-common";
    private const string State = Folder + "/state/package/installed";
    private const string Tool = "emacs-package-install";
    private const string Program = "/usr/lib/emacsen-common/" + Tool;
    private const string FlavourTool = "emacs-install";

    /// <summary>Whether a script may have anything to do with Emacs at all.</summary>
    public static bool Names(ReadOnlySpan<byte> script) => script.IndexOf("emacs-package-install"u8) >= 0 || script.IndexOf("emacs-install"u8) >= 0;

    /// <summary>A call of a script of which all that concerns Emacs is done in its place.</summary>
    /// <param name="call">How it would be called.</param>
    /// <param name="tools">What it would find.</param>
    public static ScriptCall Knowing(ScriptCall call, EmacsTools tools)
    {
        var unpacked = tools == EmacsTools.Ready || (tools == EmacsTools.Own && call == ScriptCall.Configure);
        return call with
        {
            Tests = new Dictionary<string, bool>
            {
                [$"-e {State}/emacsen-common"] = tools == EmacsTools.Ready,
                [$"-e {Program}"] = unpacked,
                [$"-x {Program}"] = unpacked,
                [$"-d {State}"] = unpacked,
                [$"-e {Folder}/installed-flavors"] = false, // it was the list of versions before 2.0
            },
            Needless = [Tool, "dh_elpa", "dh_installemacsen"],
        };
    }

    /// <summary>Reads a script; of one that is no shell script or above 1 MiB it says that nothing was understood, if it names the tools at all.</summary>
    /// <param name="script">Its bytes.</param>
    /// <param name="call">How it is called; a <c>postinst</c> marks, a <c>preinst</c> takes a mark away that a first installation does not have.</param>
    /// <param name="tools">What it finds.</param>
    /// <param name="package">The name of its package, the only one it may mark.</param>
    public static EmacsAddOnContent Read(ReadOnlySpan<byte> script, ScriptCall call, EmacsTools tools, string package)
    {
        if (!Names(script))
        {
            return new EmacsAddOnContent(false, []);
        }

        if (script.Length > MaxBytes || !ScriptSummary.IsShellScript(script))
        {
            return new EmacsAddOnContent(false, ["(the script is too long, or no shell script)"]);
        }

        var (marks, others) = (false, new List<string>());
        foreach (var command in ShellReader.Read(Encoding.UTF8.GetString(script), Knowing(call, tools)).Where(MayConcernEmacs))
        {
            string[] words = command.Words.All(word => word.IsLiteral) && !command.WritesFile ? [.. command.Words.Select(word => word.Text)] : [];
            if (call == ScriptCall.Configure && command.IsCertain && words is [Program, _] or [Program, "--postinst", _] && words[^1] == package)
            {
                marks = true;
            }
            else if (call != ScriptCall.Install || words is not [Program, "--preinst", _] || words[^1] != package)
            {
                others.Add(command.Text);
            }
        }

        return new EmacsAddOnContent(marks, others);
    }

    // A test that is not known makes what depends on it uncertain, and does nothing itself.
    private static bool MayConcernEmacs(ShellCommand command) => command.Runs != Truth.No && command.Words[0] is not { IsLiteral: true, Text: "[" or "test" }
        && command.Words.Any(word => word.Text.Contains(Tool, StringComparison.Ordinal) || word.Text.Contains(FlavourTool, StringComparison.Ordinal));
}
