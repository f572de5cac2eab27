namespace Veridian.Store.Trees;

/// <summary>What a path in a tree stands for. Nothing else can be stored.</summary>
/// <remarks>Source: <c>store-format/tree/README.md</c> TR-1.</remarks>
public enum TreeEntryKind
{
    /// <summary>A directory, mode 0555.</summary>
    Directory = 0,

    /// <summary>A regular file, mode 0444.</summary>
    File = 1,

    /// <summary>A regular file, mode 0555.</summary>
    ExecutableFile = 2,

    /// <summary>A symbolic link.</summary>
    SymbolicLink = 3,
}
