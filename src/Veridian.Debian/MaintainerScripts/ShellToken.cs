namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a piece of shell text is.</summary>
internal enum ShellTokenKind
{
    /// <summary>A word with its quotes removed.</summary>
    Word,

    /// <summary>A newline or semicolon.</summary>
    Separator,

    /// <summary><c>&amp;&amp;</c>, <c>||</c>, <c>|</c> or <c>&amp;</c>.</summary>
    Connective,

    /// <summary><c>;;</c>.</summary>
    CaseEnd,

    /// <summary>An opening parenthesis.</summary>
    Open,

    /// <summary>A closing parenthesis.</summary>
    Close,

    /// <summary>Output that goes into a file.</summary>
    IntoFile,
}

/// <summary>One piece of shell text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A word without quotes, expansions as written; else the operator.</param>
/// <param name="IsLiteral">Whether the shell would expand nothing in it.</param>
/// <param name="RunsCommand">Whether a command substitution stands in it.</param>
/// <param name="IsBare">Whether no part of it was quoted, so that it can be a reserved word.</param>
/// <param name="Start">Its place in the text.</param>
/// <param name="End">Behind it.</param>
internal readonly record struct ShellToken(ShellTokenKind Kind, string Text, bool IsLiteral, bool RunsCommand, bool IsBare, int Start, int End);
