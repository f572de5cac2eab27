using Veridian.Debian.Archive;
using Veridian.Store;
using Veridian.Store.Files;
using Veridian.Store.Manifests;

namespace Veridian.Conformance.Questions;

/// <summary>Unpacks a Debian package the way an apply does: strict reader, store transaction, publication; then moves the object's tree to where the judge looks.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-7.</remarks>
internal static class DebUnpack
{
    private const long AllowedBytes = 4L << 30;
    private const UnixFileMode Writable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public static int Run(string file, string folder)
    {
        if (!File.Exists(file))
        {
            throw new BadQuestionException($"There is no file '{file}'.");
        }

        folder = Path.GetFullPath(folder).TrimEnd('/');
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new BadQuestionException($"'{folder}' is there and not empty.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var store = $"{folder}.{Environment.ProcessId}.store";
        try
        {
            Console.Out.WriteLine(Unpack(file, store, folder));
            return Answer.Yes;
        }
        finally
        {
            Remove(store);
        }
    }

    private static string Unpack(string file, string storePath, string folder)
    {
        using var store = StoreFolder.OpenOrCreate(storePath, new PosixStoreFiles(), TimeProvider.System);
        using var transaction = store.Begin(TimeSpan.FromMinutes(1), CancellationToken.None);
        using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        using var writer = transaction.Stage("package", "0", "all");
        var limits = new DebLimits { MaxTotalBytes = AllowedBytes, MaxFileBytes = AllowedBytes };
        var contents = DebReader.Unpack(archive, writer, limits, threads: 1, CancellationToken.None);
        foreach (var note in contents.Neutralised)
        {
            Console.Error.WriteLine($"note: {note}");
        }

        var staged = writer.Complete(Store.Manifests.ControlData.Empty, Origin.Unknown);
        transaction.Publish(CancellationToken.None);
        Move(store.FolderOf(staged.Path), folder);
        return staged.Tree.ToString();
    }

    // A rename needs the moved directory itself to be writable, and whoever asked must be able to delete it all.
    private static void Move(string from, string to)
    {
        MakeWritable(from);
        if (Directory.Exists(to))
        {
            Directory.Delete(to);
        }

        Directory.Move(from, to);
    }

    private static void Remove(string store)
    {
        if (Directory.Exists(store))
        {
            MakeWritable(store);
            Directory.Delete(store, recursive: true);
        }
    }

    private static void MakeWritable(string folder)
    {
        File.SetUnixFileMode(folder, Writable);
        foreach (var below in new DirectoryInfo(folder).EnumerateDirectories().Where(inner => inner.LinkTarget is null))
        {
            MakeWritable(below.FullName);
        }
    }
}
