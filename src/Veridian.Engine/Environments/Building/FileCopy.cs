using Veridian.Core.Errors;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Building;

/// <summary>Brings one file of the store to another name.</summary>
internal static class FileCopy
{
    private const int ReadOnlyMode = 0x124;
    private const int ExecutableMode = 0x16D;

    /// <summary>Makes a hard link, or a copy where the file system refuses one.</summary>
    public static void LinkOrCopy(DirectoryHandle from, string source, DirectoryHandle to, string name)
    {
        switch (Durable.Link(from, source, to, name))
        {
            case LinkResult.Linked:
                return;
            case LinkResult.SourceMissing:
                throw Missing(from.PathOf(source));
            case LinkResult.NameTaken:
                throw new VeridianBugException(
                    ErrorCodes.Unexpected, $"'{to.PathOf(name)}' was to be linked twice.", "Report this with the profile and the lock file.");
        }

        var status = Entries.Status(from, source) ?? throw Missing(from.PathOf(source));
        if (status.Type == EntryType.SymbolicLink)
        {
            Durable.SymbolicLink(to, name, Entries.ReadLink(from, source)!);
            Durable.SetFixedTime(to, name);
        }
        else
        {
            Copy(from, source, to, name, (status.Mode & 0x40) != 0);
        }
    }

    /// <summary>Makes a copy, read-only, with the store's fixed time.</summary>
    public static void Copy(DirectoryHandle from, string source, DirectoryHandle to, string name, bool executable)
    {
        using var reading = Entries.TryOpenFile(from, source) ?? throw Missing(from.PathOf(source));
        using var writing = Durable.Create(to, name);
        var buffer = new byte[65_536];
        for (int count; (count = Entries.Read(reading, buffer)) > 0;)
        {
            Durable.Write(writing, buffer.AsSpan(0, count));
        }

        Durable.Seal(writing, executable ? ExecutableMode : ReadOnlyMode);
    }

    /// <summary>Makes a file of our own, in the place of one that is there.</summary>
    public static void Write(DirectoryHandle to, string name, ReadOnlySpan<byte> content)
    {
        Durable.Remove(to, name, isDirectory: false);
        using var writing = Durable.Create(to, name);
        Durable.Write(writing, content);
        Durable.Seal(writing, ReadOnlyMode);
    }

    private static StoreDamagedException Missing(string path) =>
        new(ErrorCodes.StoreDamaged, $"'{path}' is gone from the store.", "Run 'vpkg verify --repair'.");
}
