namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a script's text says of alternatives.</summary>
/// <param name="Understood">Literal commands that run unconditionally or under a test of the script's own argument.</param>
/// <param name="NotUnderstood">Text of commands with variables, in loops, in functions or under other conditions.</param>
public sealed record AlternativesContent(IReadOnlyList<Alternative> Understood, IReadOnlyList<string> NotUnderstood);
