namespace Veridian.Store.Generations;

/// <summary>A file that the profile included, kept so that the generation can be understood later.</summary>
/// <param name="Name">As the profile names it.</param>
/// <param name="Bytes">Its content.</param>
public sealed record IncludedFile(string Name, byte[] Bytes);
