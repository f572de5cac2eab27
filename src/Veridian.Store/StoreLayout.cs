using System.Text;
using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store;

/// <summary>The folders of a store, and how an empty folder becomes one.</summary>
/// <remarks>Source: <c>store-format/README.md</c> F-5, F-6.</remarks>
internal static class StoreLayout
{
    public const string FormatFile = "format";
    public const string LockFile = "lock";
    public const string Index = "index.sqlite";
    public const string Objects = "objects";
    public const string Manifests = "manifests";
    public const string Control = "control";
    public const string Blobs = "blobs";
    public const string Environments = "environments";
    public const string Roots = "roots";
    public const string Staging = "staging";
    public const string Trash = "trash";

    private const int OwnerOnly = 0x1C0;
    private const int OpenToRead = 0x1ED;

    private static readonly string[] Folders = [Objects, Manifests, Control, Blobs, Environments, Roots, Staging, Trash];

    /// <summary>
    /// Makes a store of a missing or empty folder. Cut off anywhere, the next call completes it: the format file comes last.
    /// Of several commands that find no store at the same time, one makes it and the others wait for that.
    /// </summary>
    public static void CreateIfMissing(string path, IStoreFiles files, TimeProvider time)
    {
        MakeParents(path);
        using var root = DirectoryHandle.Open(path);
        if (Entries.Status(root, FormatFile) is not null)
        {
            MakeMissing(root, files);
            return;
        }

        foreach (var (name, _) in Entries.List(root))
        {
            if (!Folders.Contains(name) && name is not (LockFile or FormatFile) && !name.StartsWith("index.", StringComparison.Ordinal) && !name.StartsWith(TemporaryName.Prefix, StringComparison.Ordinal))
            {
                throw new InvalidInputException(ErrorCodes.AlreadyExists,
                    $"'{path}' is not a store and not empty: it holds '{name}'.", "Choose an empty or a new folder for the store.");
            }
        }

        using var alone = FileLock.Wait(root.PathOf(LockFile), exclusive: true, StoreLock.DefaultWait, time, CancellationToken.None);
        if (alone is null || Entries.Status(root, FormatFile) is not null)
        {
            return;
        }

        foreach (var folder in Folders)
        {
            Make(root, files, folder);
        }

        SmallFiles.Replace(files, root, FormatFile, StoreFolder.FormatLine);
    }

    // What somebody deleted. Verify reports what such a folder held; without the roots nobody can say what is needed, so these are not made up.
    private static void MakeMissing(DirectoryHandle root, IStoreFiles files)
    {
        foreach (var folder in Folders.Where(folder => folder != Roots && Entries.Status(root, folder) is null))
        {
            Make(root, files, folder);
        }
    }

    private static void Make(DirectoryHandle root, IStoreFiles files, string folder)
    {
        files.MakeDirectory(root, folder);
        files.SetMode(root, folder, folder is Staging or Trash ? OwnerOnly : OpenToRead);
    }

    /// <summary>Opens one of the folders.</summary>
    /// <exception cref="StoreDamagedException">Somebody has deleted it.</exception>
    public static DirectoryHandle OpenPart(DirectoryHandle root, string folder) => root.TryOpenBeneath(folder) ?? throw new StoreDamagedException(
        ErrorCodes.StoreDamaged, $"The store's folder '{root.PathOf(folder)}' is missing.", folder == Roots
            ? $"Run 'mkdir {root.PathOf(folder)}', then 'vpkg doctor --fix' in every project that uses this store, before any 'vpkg gc'."
            : "Run 'vpkg verify --repair': it makes the folder anew and mends what it held.");

    /// <summary>Refuses a folder that is no store or a store of another format.</summary>
    public static void CheckFormat(DirectoryHandle root)
    {
        var format = SmallFiles.TryRead(root, FormatFile, 4096) ?? throw new StorageException(ErrorCodes.InputOutput,
            $"'{root.Path}' is not a store: it has no file '{FormatFile}'.", "Run 'vpkg verify --repair' if it is one, which writes the file anew, or choose another folder with '--root DIR'.");
        if (!format.AsSpan().SequenceEqual(StoreFolder.FormatLine))
        {
            throw new StoreDamagedException(ErrorCodes.StoreFormatUnknown,
                $"Store '{root.Path}' has the format '{Encoding.UTF8.GetString(format.AsSpan(0, Math.Min(60, format.Length))).Trim()}', which this version does not know.",
                "Use the version of vpkg that made it.");
        }
    }

    public static void MakeParents(string path)
    {
        if (PathLookup.TypeOf(path) == EntryType.Directory)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var failure = PosixFailure.Of(e);
            throw failure?.Code == ErrorCodes.DiskFull || failure?.Code == ErrorCodes.OutOfResources
                ? failure
                : new StorageException(failure?.Code ?? ErrorCodes.InputOutput, $"Cannot make folder '{path}': {e.Message}", "Choose a folder that you may write to.", e);
        }
    }
}
