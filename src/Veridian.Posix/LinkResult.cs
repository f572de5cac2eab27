namespace Veridian.Posix;

/// <summary>How an attempt to make a hard link ended. Everything else is an exception.</summary>
public enum LinkResult
{
    /// <summary>The file has one more name.</summary>
    Linked = 0,

    /// <summary>There is no such file to link to.</summary>
    SourceMissing = 1,

    /// <summary>The new name is taken.</summary>
    NameTaken = 2,

    /// <summary>The file system, a link limit or the file's owner forbids it: copy instead.</summary>
    Refused = 3,
}
