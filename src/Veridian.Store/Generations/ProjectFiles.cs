namespace Veridian.Store.Generations;

/// <summary>The two files of a project that a generation puts in place.</summary>
/// <param name="Profile">Absolute path of the profile.</param>
/// <param name="Lock">Absolute path of the lock file; on the same file system, usually beside it.</param>
public sealed record ProjectFiles(string Profile, string Lock);
