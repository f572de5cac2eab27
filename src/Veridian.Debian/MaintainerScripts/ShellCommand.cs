namespace Veridian.Debian.MaintainerScripts;

/// <summary>A simple command of a script.</summary>
/// <param name="Words">Its words, the command's name first; never empty.</param>
/// <param name="Text">It as written, on one line.</param>
/// <param name="Runs">Whether it runs when the script is called.</param>
/// <param name="WritesFile">Whether its output goes into a file.</param>
/// <param name="Function">The function that it stands in; null outside of all.</param>
internal sealed record ShellCommand(IReadOnlyList<ShellToken> Words, string Text, Truth Runs, bool WritesFile, string? Function)
{
    /// <summary>The loops around it, in its function, whose variable goes through words: the variable first, then the words.</summary>
    internal IReadOnlyList<IReadOnlyList<ShellToken>> Loops { get; init; } = [];

    /// <summary>Whether it runs whenever the script is called: outside loops and functions, and under no condition that is not known to hold.</summary>
    internal bool IsCertain => Runs == Truth.Yes;

    /// <summary>The command's name; as written, if it is not literal.</summary>
    internal string Name => Words[0].Text;
}
