namespace Veridian.Engine.Environments.Composing;

/// <summary>One mount of a composed tree.</summary>
/// <param name="Path">Where, from the root.</param>
/// <param name="Kind">What is mounted there.</param>
public readonly record struct TreePart(string Path, PartKind Kind);

/// <summary>Where a part of a composed tree lies.</summary>
public enum PartKind
{
    /// <summary>In the environment's own tree.</summary>
    Own,

    /// <summary>In the lender's tree.</summary>
    Borrowed,

    /// <summary>In both: the environment's own over the lender's.</summary>
    Layered,
}
