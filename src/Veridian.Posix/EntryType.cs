namespace Veridian.Posix;

/// <summary>What a name in a directory stands for.</summary>
public enum EntryType
{
    /// <summary>A regular file.</summary>
    File = 0,

    /// <summary>A directory.</summary>
    Directory = 1,

    /// <summary>A symbolic link.</summary>
    SymbolicLink = 2,

    /// <summary>A device, pipe or socket.</summary>
    Special = 3,
}
