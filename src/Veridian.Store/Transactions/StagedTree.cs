using Veridian.Posix;

namespace Veridian.Store.Transactions;

/// <summary>A finished tree in the staging area with all that goes beside it.</summary>
/// <param name="Name">Its name in the store: a store path or an environment's digest.</param>
/// <param name="Target">The folder it goes to.</param>
/// <param name="Tree">Its directory below the staging area.</param>
/// <param name="Manifest">Its manifest's file below the staging area.</param>
/// <param name="Control">Its control data's file below the staging area; null for an environment.</param>
/// <param name="Bytes">Sum of its files' sizes.</param>
internal sealed record StagedTree(string Name, DirectoryHandle Target, string Tree, string Manifest, string? Control, long Bytes);
