using System.Buffers;
using Veridian.Core.Hashing;
using Veridian.Posix;
using Veridian.Store.Blobs;
using Veridian.Store.Transactions;

namespace Veridian.Store.Trees;

/// <summary>
/// Puts file contents on disk once. A content that is already there, in the store or in this transaction, gets one more
/// name; where the file system refuses that, a copy.
/// </summary>
/// <remarks>Source: <c>spec/store.md</c> ST-11, ST-12. For one thread.</remarks>
internal sealed class FileContents(StoreFolder store, StagingArea area)
{
    private const int Piece = 1 << 20;
    private readonly Blake3Hasher _hasher = Blake3Hasher.New();

    /// <summary>Hashes first, and writes only what is new.</summary>
    public Blake3Digest PlaceSmall(DirectoryHandle folder, FilePlace place, ReadOnlySpan<byte> bytes, bool executable)
    {
        _hasher.Reset();
        _hasher.Update(bytes);
        var key = new BlobKey(_hasher.Finish(), executable);
        if (bytes.IsEmpty || !TryLink(key, bytes.Length, folder, place.Path.Name))
        {
            using var file = store.Files.Create(folder, place.Path.Name);
            store.Files.Write(file, bytes);
            Durable.Seal(file, key.Mode);
            Remember(key, bytes.Length, place);
        }

        return key.Content;
    }

    /// <summary>Writes and hashes in one pass; if it turns out to be known, the fresh copy gives way to a link.</summary>
    public Blake3Digest PlaceLarge(DirectoryHandle folder, FilePlace place, long length, Stream content, Span<byte> buffer, bool executable)
    {
        _hasher.Reset();
        using var file = store.Files.Create(folder, place.Path.Name);
        if (length >= Piece)
        {
            WritePieces(file, place, length, content);
        }
        else
        {
            for (var left = length; left > 0;)
            {
                var read = Read(place, content, buffer[..(int)Math.Min(left, buffer.Length)]);
                _hasher.Update(buffer[..read]);
                store.Files.Write(file, buffer[..read]);
                left -= read;
            }
        }

        var key = new BlobKey(_hasher.Finish(), executable);
        if (!TryReplaceByLink(key, length, folder, place.Path.Name))
        {
            Durable.Seal(file, key.Mode);
            Remember(key, length, place);
        }

        return key.Content;
    }

    /// <summary>A large file: one core writes a piece while the other hashes it and reads the next, and the disk begins before the sync that waits for it.</summary>
    private void WritePieces(FileHandle file, FilePlace place, long length, Stream content)
    {
        var (piece, next) = (ArrayPool<byte>.Shared.Rent(Piece), ArrayPool<byte>.Shared.Rent(Piece));
        try
        {
            var left = length;
            for (var count = Fill(piece); count > 0;)
            {
                var ahead = 0;
                AllCores.Both(
                    () => store.Files.Write(file, piece.AsSpan(0, count)),
                    () =>
                    {
                        _hasher.Update(piece.AsSpan(0, count));
                        Durable.BeginWriteOut(file);
                        ahead = Fill(next);
                    });
                (piece, next, count) = (next, piece, ahead);
            }

            int Fill(byte[] buffer)
            {
                var wanted = (int)Math.Min(left, Piece);
                for (var done = 0; done < wanted;)
                {
                    done += Read(place, content, buffer.AsSpan(done, wanted - done));
                }

                left -= wanted;
                return wanted;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
            ArrayPool<byte>.Shared.Return(next);
        }
    }

    private static int Read(FilePlace place, Stream content, Span<byte> buffer) =>
        content.Read(buffer) is var read and > 0 ? read : throw TreeWriter.Refuse(place.Path, "is shorter than announced");

    private bool TryReplaceByLink(BlobKey key, long length, DirectoryHandle folder, string name)
    {
        // The link is made beside the fresh copy and takes its place only when it is known to be sound.
        var known = name.Length < 200 ? name + ".known" : "known" + name[..64];
        if (!TryLink(key, length, folder, known))
        {
            return false;
        }

        store.Files.Rename(folder, known, folder, name, RenameMode.Replace);
        return true;
    }

    private bool TryLink(BlobKey key, long length, DirectoryHandle folder, string name)
    {
        if (area.Written.TryGetValue(key, out var written))
        {
            if (store.Files.Link(area.Folder, written, folder, name) == LinkResult.Linked)
            {
                return true;
            }

            // Its tree turned out to be in the store already and is gone.
            area.Written.TryRemove(KeyValuePair.Create(key, written));
        }

        if (store.Files.Link(store.BlobsFolder, key.Path, folder, name) != LinkResult.Linked)
        {
            return false;
        }

        // A blob that was written through some name has another time; a damaged one must not spread.
        if (Entries.Status(folder, name) is { } status && status.Size == length && status.Mode == key.Mode
            && status is { Type: EntryType.File, Modified: FixedTime.UnixSeconds })
        {
            return true;
        }

        store.Files.Remove(folder, name, isDirectory: false);
        store.Files.Remove(store.BlobsFolder, key.Path, isDirectory: false);
        return false;
    }

    private void Remember(BlobKey key, long length, FilePlace place)
    {
        if (length > 0)
        {
            area.Written.TryAdd(key, place.Staged);
        }
    }
}
