namespace Veridian.Engine.Configuring;

/// <summary>A key's value and where it comes from.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">Its value, as text.</param>
/// <param name="Origin">A file with its line, a variable, an option, or <c>default</c>.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record ConfiguredValue(string Key, string Value, string Origin, string Purpose);
