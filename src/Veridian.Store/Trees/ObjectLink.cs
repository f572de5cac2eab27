using Veridian.Core.Paths;

namespace Veridian.Store.Trees;

/// <summary>A file or symbolic link of a published object under a path in another tree.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Object">The object, which must be in the store.</param>
/// <param name="Entry">The entry of its manifest.</param>
public sealed record ObjectLink(RelativePath Path, StorePath Object, TreeEntry Entry)
{
    /// <summary>The entry that it becomes.</summary>
    internal TreeEntry EntryInTree => Entry.Path == Path ? Entry : Entry.At(Path);
}
