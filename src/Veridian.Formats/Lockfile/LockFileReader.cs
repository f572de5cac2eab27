using Veridian.Core.Errors;

namespace Veridian.Formats.Lockfile;

/// <summary>Reads lock files.</summary>
public static class LockFileReader
{
    /// <summary>Reads a whole lock file.</summary>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.LockConflictMarkers"/> where a merge was left unfinished, else <see cref="ErrorCodes.LockSyntax"/>, with the place.
    /// </exception>
    public static LockFile Read(ReadOnlySpan<byte> utf8, string fileName) => throw new NotImplementedException(fileName + utf8.Length);
}
