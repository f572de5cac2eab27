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

    /// <summary>Whether the part that is read now runs whenever what is around it does.</summary>
    internal Truth Runs { get; set; } = Truth.Yes;

    /// <summary>Whether what is around it runs.</summary>
    internal Truth Around { get; init; } = Truth.Yes;

    /// <summary>Whether an earlier part of an if or case ran, after which no other does.</summary>
    internal Truth Done { get; private set; } = Truth.No;

    /// <summary>Whether the commands read now are those of an if's condition.</summary>
    internal bool InCondition { get; set; }

    /// <summary>Whether the condition, or the patterns of a case, read last hold.</summary>
    internal Truth Condition { get; set; } = Truth.Unknown;

    /// <summary>What a case asks for; null where it is not known.</summary>
    internal string? Subject { get; set; }

    /// <summary>The words of a loop behind <c>for</c>; empty for all else.</summary>
    internal List<ShellToken> Header { get; } = [];

    /// <summary>A function's name; empty for all else.</summary>
    internal string Name { get; init; } = "";

    /// <summary>Enters the part whose condition was just read.</summary>
    internal void Enter()
    {
        Runs = Done.Not().And(Condition);
        Done = Done.Or(Condition);
    }

    /// <summary>Enters what runs if no earlier part did.</summary>
    internal void EnterRest() => Runs = Done.Not();
}
