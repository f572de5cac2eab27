namespace Veridian.Store.Verifying;

/// <summary>How something on disk differs from its manifest.</summary>
public enum FindingKind
{
    /// <summary>It is not there.</summary>
    Missing = 0,

    /// <summary>It is there and no manifest knows it.</summary>
    Extra = 1,

    /// <summary>A file has other bytes.</summary>
    Changed = 2,

    /// <summary>Its permission bits are others.</summary>
    WrongMode = 3,

    /// <summary>It is something else: a directory instead of a file, for example.</summary>
    WrongType = 4,

    /// <summary>A symbolic link points elsewhere.</summary>
    WrongTarget = 5,

    /// <summary>The manifest itself or the control data is missing or damaged.</summary>
    BadDescription = 6,

    /// <summary>It cannot be read.</summary>
    Unreadable = 7,
}
