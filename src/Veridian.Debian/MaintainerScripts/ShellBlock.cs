namespace Veridian.Debian.MaintainerScripts;

/// <summary>A compound command that is open while its inside is read.</summary>
internal sealed class ShellBlock(ShellBlock.Form form)
{
    internal enum Form
    {
        If,
        Case,
        Loop,
        Function,
        Group,
    }

    internal Form What { get; } = form;

    /// <summary>Whether the commands read now are those of an if's condition.</summary>
    internal bool InCondition { get; set; }

    /// <summary>Whether what is inside runs whenever what is around it runs and the script is called to configure.</summary>
    internal bool IsCertain { get; set; }

    /// <summary>Whether the condition tests nothing but the script's first argument, and names <c>configure</c>.</summary>
    internal bool TestsArgument { get; set; } = true;

    internal bool NamesConfigure { get; set; }

    /// <summary>Takes one command of the condition into account.</summary>
    internal void Weigh(IReadOnlyList<ShellToken> words)
    {
        TestsArgument &= words[0].Text is "[" or "test"
            && words.All(word => word.IsLiteral ? word.Text is not ("!" or "!=") && (word.Text == "-o" || !word.Text.StartsWith('-')) : word.Text is "$1" or "${1}")
            && words.Any(word => !word.IsLiteral);
        NamesConfigure |= words.Any(word => word.Text == "configure");
    }
}
