using System.Buffers;
using System.Collections.Concurrent;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Posix;

namespace Veridian.Store.Verifying;

/// <summary>Reads and hashes files, each inode once, the largest first so that no processor is left with a big one at the end.</summary>
internal sealed class ContentReader
{
    private const int BufferSize = 256 << 10;
    private readonly ConcurrentDictionary<ulong, Blake3Digest> _known = new();

    public void Check(List<FileToRead> files, ConcurrentBag<Finding> findings, CancellationToken cancellationToken)
    {
        var readable = files.FindAll(file => file.Size == file.ExpectedSize);
        foreach (var file in files.FindAll(file => file.Size != file.ExpectedSize))
        {
            findings.Add(new Finding(FindingKind.Changed, file.Owner, file.Path, $"has {file.Size} bytes instead of {file.ExpectedSize}"));
        }

        // Names of one inode have one size, so they come one after the other.
        readable.Sort(static (a, b) => a.Size != b.Size ? b.Size.CompareTo(a.Size) : a.Inode.CompareTo(b.Inode));
        var unread = new List<FileToRead>();
        foreach (var file in readable)
        {
            if ((unread.Count == 0 || unread[^1].Inode != file.Inode) && !_known.ContainsKey(file.Inode))
            {
                unread.Add(file);
            }
        }

        var unreadable = new ConcurrentDictionary<ulong, string>();
        AllCores.ForEach(unread, file => Read(file, unreadable, cancellationToken), cancellationToken);
        foreach (var file in readable)
        {
            if (unreadable.TryGetValue(file.Inode, out var why))
            {
                findings.Add(new Finding(FindingKind.Unreadable, file.Owner, file.Path, why));
            }
            else if (_known.TryGetValue(file.Inode, out var digest) && digest != file.Expected)
            {
                findings.Add(new Finding(FindingKind.Changed, file.Owner, file.Path, $"has digest {digest} instead of {file.Expected}"));
            }
        }
    }

    private void Read(FileToRead file, ConcurrentDictionary<ulong, string> unreadable, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize); // one for each thread: thousands of new ones keep the collector busy
        try
        {
            using var content = Entries.TryOpenFile(file.Folder, file.Place);
            if (content is null)
            {
                unreadable[file.Inode] = "vanished while it was verified";
                return;
            }

            var hasher = Blake3Hasher.New();
            for (int read; (read = Entries.Read(content, buffer)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hasher.Update(buffer.AsSpan(0, read));
            }

            _known[file.Inode] = hasher.Finish();
        }
        catch (StorageException e) when (e.Code != ErrorCodes.OutOfResources)
        {
            unreadable[file.Inode] = e.Message;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
