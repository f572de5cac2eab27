using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>Reads one profile file. Unknown keys are errors.</summary>
public static class ProfileReader
{
    /// <summary>Reads a whole file.</summary>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.TomlSyntax"/>, <see cref="ErrorCodes.ProfileUnknownKey"/> or <see cref="ErrorCodes.ProfileValue"/>, with the place.
    /// </exception>
    public static ProfileFile Read(ReadOnlySpan<byte> utf8, string fileName) => throw new NotImplementedException(fileName + utf8.Length);
}
