namespace Veridian.Engine.Profiles;

/// <summary>One file that took part in an evaluation, byte for byte: kept with the generation, compared by the next apply.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Bytes">What was read.</param>
public sealed record ProfileText(string Path, byte[] Bytes);
