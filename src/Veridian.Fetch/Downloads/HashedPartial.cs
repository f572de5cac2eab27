using System.Security.Cryptography;
using Veridian.Core.Hashing;

namespace Veridian.Fetch.Downloads;

/// <summary>
/// An unfinished download: locked against other processes, hashed while it grows (M-6, M-7).
/// The lock is the kernel's on the open file, so it vanishes with its owner.
/// </summary>
internal sealed class HashedPartial : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private HashedPartial(string path, FileStream file) => (_path, _file) = (path, file);

    /// <summary>Bytes that are here and hashed.</summary>
    public long Length { get; private set; }

    /// <summary>Digest of the bytes that are here.</summary>
    public Sha256Digest Digest
    {
        get
        {
            Span<byte> digest = stackalloc byte[Sha256Digest.Length];
            _hash.GetCurrentHash(digest);
            return new Sha256Digest(digest);
        }
    }

    /// <summary>Opens or makes the file; null if somebody else works on it.</summary>
    /// <exception cref="Core.Errors.StorageException">It cannot be opened.</exception>
    public static HashedPartial? TryOpen(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                Options = FileOptions.Asynchronous,
            });
            var partial = new HashedPartial(path, file);
            if (partial.IsNamed())
            {
                return partial;
            }

            // The owner before us renamed or removed the file between our open and our lock.
            file.Dispose();
            return null;
        }
        catch (IOException busy) when (StorageFailure.IsBusy(busy))
        {
            return null;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.Of(path, cause);
        }
    }

    /// <summary>Hashes what an earlier attempt left here, at most <paramref name="limit"/> bytes of it; the rest is cut off.</summary>
    public async ValueTask ResumeAsync(long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        try
        {
            if (_file.Length > limit)
            {
                _file.SetLength(limit);
            }

            _file.Position = 0;
            for (int count; (count = await _file.ReadAsync(buffer, cancellationToken)) > 0; Length += count)
            {
                _hash.AppendData(buffer, 0, count);
            }
        }
        catch (IOException cause)
        {
            throw StorageFailure.Of(_path, cause);
        }
    }

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException cause)
        {
            throw StorageFailure.Of(_path, cause);
        }

        _hash.AppendData(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>Throws away what is here.</summary>
    public void Restart()
    {
        _file.SetLength(0);
        _file.Position = 0;
        _hash.Dispose();
        _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Length = 0;
    }

    /// <summary>Gives the file its final name. The caller has compared size and digest.</summary>
    public void Publish(string path)
    {
        try
        {
            if (!IsNamed())
            {
                throw new IOException("the unfinished file was removed meanwhile");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(_path, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw StorageFailure.Of(path, cause);
        }
    }

    /// <summary>Lets go. An empty file is removed, while the lock still holds.</summary>
    public void Dispose()
    {
        if (_file.Length == 0 && IsNamed())
        {
            File.Delete(_path);
        }

        _file.Dispose();
        _hash.Dispose();
    }

    // The kernel says under which name the open file is; a removed file's name ends in " (deleted)". Only the last component
    // is compared, because the kernel resolves links above it. Without /proc the test is skipped.
    private bool IsNamed() =>
        new FileInfo($"/proc/self/fd/{_file.SafeFileHandle.DangerousGetHandle()}").LinkTarget is not { } target
        || Path.GetFileName(target) == Path.GetFileName(_path);
}
