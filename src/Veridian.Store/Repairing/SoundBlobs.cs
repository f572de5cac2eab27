using Veridian.Core.Hashing;
using Veridian.Posix;
using Veridian.Store.Blobs;
using Veridian.Store.Files;
using Veridian.Store.Trees;

namespace Veridian.Store.Repairing;

/// <summary>Blobs that have been read and found right just now; a wrong one is removed when it is met.</summary>
internal sealed class SoundBlobs(StoreFolder store)
{
    private const int BufferSize = 256 << 10;

    public static BlobKey KeyOf(TreeEntry entry) => new(entry.Content, entry.Kind == TreeEntryKind.ExecutableFile);

    /// <summary>Whether there is a sound blob.</summary>
    public bool Has(BlobKey key)
    {
        using var file = Entries.TryOpenFile(store.BlobsFolder, key.Path);
        if (file is null)
        {
            return false;
        }

        if (DigestOf(file) == key.Content)
        {
            return true;
        }

        store.Files.Remove(store.BlobsFolder, key.Path, isDirectory: false);
        return false;
    }

    /// <summary>Makes a sound file under a temporary name in the trash folder; null if there is no content to make it of.</summary>
    public string? TryPlace(TreeEntry entry)
    {
        var name = TemporaryName.Random();
        if (entry.Size == 0)
        {
            using var empty = store.Files.Create(store.TrashFolder, name);
            Durable.Seal(empty, entry.Mode);
            return name;
        }

        if (!Has(KeyOf(entry)))
        {
            return null;
        }

        new LinkedFile(store.Files).Place(store.BlobsFolder, KeyOf(entry).Path, store.TrashFolder, name, entry);
        store.Files.SetMode(store.TrashFolder, name, entry.Mode);
        return name;
    }

    private static Blake3Digest DigestOf(FileHandle file)
    {
        var hasher = Blake3Hasher.New();
        var buffer = new byte[BufferSize];
        for (int read; (read = Entries.Read(file, buffer)) > 0;)
        {
            hasher.Update(buffer.AsSpan(0, read));
        }

        return hasher.Finish();
    }
}
