namespace Veridian.Posix;

/// <summary>Reads files of /proc: short, without a size, and liable to vanish.</summary>
public static class ProcText
{
    private const int Limit = 64 << 20;

    /// <summary>The whole text; null if it is not there, not ours to read, or larger than 64 MiB.</summary>
    public static byte[]? TryRead(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            using var text = new MemoryStream();
            var buffer = new byte[16_384];
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                text.Write(buffer, 0, read);
                if (text.Length > Limit)
                {
                    return null;
                }
            }

            return text.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
