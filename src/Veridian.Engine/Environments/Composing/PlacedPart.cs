namespace Veridian.Engine.Environments.Composing;

/// <summary>One mount of a tree, with the folders that it shows.</summary>
/// <param name="Path">Where, from the root.</param>
/// <param name="Source">Absolute path of the folder.</param>
/// <param name="Below">Absolute path of a folder that shows wherever <paramref name="Source"/> has nothing; null for a folder by itself.</param>
public sealed record PlacedPart(string Path, string Source, string? Below = null);
