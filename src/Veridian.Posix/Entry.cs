namespace Veridian.Posix;

/// <summary>One name in a directory.</summary>
/// <param name="Name">The name, without its folder.</param>
/// <param name="Type">What it is; a symbolic link is not followed.</param>
public sealed record Entry(string Name, EntryType Type);
