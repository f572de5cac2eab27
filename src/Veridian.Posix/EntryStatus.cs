namespace Veridian.Posix;

/// <summary>What the file system says of one name, without following a symbolic link.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Mode">The lower twelve permission bits.</param>
/// <param name="Size">Bytes of content; of a symbolic link, of its target.</param>
/// <param name="Links">How many names the file has.</param>
/// <param name="Inode">Its number on its file system.</param>
/// <param name="Modified">Modification time in whole seconds since 1970.</param>
/// <param name="ModifiedNanoseconds">The rest of the modification time, below one second.</param>
public readonly record struct EntryStatus(EntryType Type, int Mode, long Size, int Links, ulong Inode, long Modified, int ModifiedNanoseconds);
