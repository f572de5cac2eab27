namespace Veridian.Debian.MaintainerScripts;

/// <summary>A simple command of a script.</summary>
/// <param name="Words">Its words, the command's name first; never empty.</param>
/// <param name="Text">It as written, on one line.</param>
/// <param name="IsCertain">Whether it runs whenever the script is called to configure: outside loops and functions, and under no other condition.</param>
/// <param name="WritesFile">Whether its output goes into a file.</param>
internal sealed record ShellCommand(IReadOnlyList<ShellToken> Words, string Text, bool IsCertain, bool WritesFile)
{
    /// <summary>The command's name; as written, if it is not literal.</summary>
    internal string Name => Words[0].Text;
}
