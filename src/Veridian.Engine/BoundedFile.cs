using Veridian.Core.Errors;
using Veridian.Core.Units;

namespace Veridian.Engine;

/// <summary>Reads small files whole, with a limit.</summary>
internal static class BoundedFile
{
    /// <summary>The bytes; null where there is no such file.</summary>
    /// <exception cref="InvalidInputException">The file is larger than <paramref name="limit"/> bytes.</exception>
    /// <exception cref="StorageException">It cannot be read.</exception>
    public static byte[]? TryRead(string path, int limit)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            var length = RandomAccess.GetLength(handle);
            if (length > limit)
            {
                throw new InvalidInputException(ErrorCodes.ProfileValue,
                    $"'{path}' has {new ByteCount(length)}; at most {new ByteCount(limit)} are read.", "Name a smaller file.");
            }

            var bytes = new byte[length];
            var read = 0;
            while (read < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(read), read) is var got and > 0)
            {
                read += got;
            }

            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new StorageException(ErrorCodes.ReadOnly, $"'{path}' cannot be read: {refused.Message}", "Check its owner and mode.", refused);
        }
        catch (IOException failed)
        {
            throw new StorageException(ErrorCodes.InputOutput, $"'{path}' cannot be read: {failed.Message}", "Check the disk.", failed);
        }
    }
}
