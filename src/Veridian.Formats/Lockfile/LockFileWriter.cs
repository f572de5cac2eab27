namespace Veridian.Formats.Lockfile;

/// <summary>Writes the canonical text of a lock file.</summary>
public static class LockFileWriter
{
    /// <summary>UTF-8 with LF; equal locks give equal bytes.</summary>
    public static byte[] Write(LockFile lockFile) => throw new NotImplementedException($"{lockFile}");
}
