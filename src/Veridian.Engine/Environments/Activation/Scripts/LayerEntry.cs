using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>A file, link or directory that scripts have made or changed.</summary>
/// <param name="Entry">What it is, with the digest of its content.</param>
/// <param name="Source">Absolute path of a file's bytes; empty for all else.</param>
internal sealed record LayerEntry(TreeEntry Entry, string Source);
