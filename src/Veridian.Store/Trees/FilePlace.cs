using Veridian.Core.Paths;

namespace Veridian.Store.Trees;

/// <summary>Where a file is being put.</summary>
/// <param name="Path">Inside its tree.</param>
/// <param name="Staged">The same below the staging area.</param>
internal readonly record struct FilePlace(RelativePath Path, string Staged);
