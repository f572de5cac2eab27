using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Posix;

namespace Veridian.Engine.Examining;

/// <summary>The folders that the program writes to: whether it may, and whether there is room.</summary>
internal static class FolderExaminations
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly ByteCount Little = new(1L << 30);
    private const long FewFiles = 10_000;

    public static IEnumerable<Examination> Of(Workspace workspace)
    {
        (string Name, string Folder)[] folders =
            [("store", workspace.Locations.Store), ("state", workspace.Locations.State), ("cache", workspace.Locations.Cache), ("config", workspace.Locations.Config)];
        return folders.Select(folder => Examination.Of($"{folder.Name}-folder", () => Permission(folder.Folder)))
            .Append(Examination.Of("disk", () => Disk(workspace.Locations.Store)));
    }

    private static Complaint? Permission(string folder)
    {
        var there = Existing(folder);
        if (!Directory.Exists(there))
        {
            return new Complaint($"'{there}' is not a folder.", "Move it away: the folder is made when it is needed.");
        }

        var name = $".vpkg-doctor-{Environment.ProcessId}";
        try
        {
            using var handle = DirectoryHandle.Open(there);
            using (Durable.Create(handle, name))
            {
            }

            Durable.Remove(handle, name, isDirectory: false);
            return null;
        }
        catch (StorageException refused)
        {
            return Refused(there, refused);
        }
    }

    private static Complaint Refused(string folder, StorageException refused) =>
        refused.Code != ErrorCodes.ReadOnly ? new Complaint(refused.Message, refused.Hint)
        : (File.GetUnixFileMode(folder) & Owner) == Owner ? new Complaint(refused.Message,
            $"Use the account that owns it, have its disk mounted writable ('findmnt -T {folder}' names it), or choose another folder with '--root DIR'.")
        : new Complaint(refused.Message, $"Run 'chmod u+rwx {folder}' as its owner, or choose another folder with '--root DIR'.")
        {
            Mend = () => MakeWritable(folder, refused),
        };

    private static void MakeWritable(string folder, StorageException refused)
    {
        try
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | Owner);
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            throw new StorageException(refused.Code, $"'{folder}' belongs to somebody else.", "Use the account that owns it, or another folder with '--root DIR'.", denied);
        }
    }

    private static Complaint? Disk(string folder)
    {
        if (DirectoryHandle.TryOpen(Existing(folder)) is not { } opened)
        {
            return new Complaint($"Not looked at: '{folder}' is not a folder.", "") { Skipped = true };
        }

        using var handle = opened;
        var (free, inodes) = DiskSpace.Of(handle);
        return free.Bytes >= Little.Bytes && inodes >= FewFiles ? null : new Complaint(
            $"The disk of '{folder}' has {free} and room for {(inodes == long.MaxValue ? "any number of" : inodes)} files left.",
            "Run 'vpkg gc', then 'vpkg cache clean', or free space otherwise.")
        { Works = true };
    }

    // A folder that is not there yet is made when it is first needed: its nearest ancestor decides.
    private static string Existing(string folder)
    {
        while (PathLookup.TypeOf(folder) is null && !PathLookup.IsLink(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }
}
