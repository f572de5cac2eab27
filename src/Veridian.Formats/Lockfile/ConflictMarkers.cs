using Veridian.Core.Errors;

namespace Veridian.Formats.Lockfile;

/// <summary>The lines that version control leaves in a file when a merge needs a person (L-7).</summary>
internal static class ConflictMarkers
{
    public static void RefuseIn(ReadOnlySpan<byte> utf8, string fileName)
    {
        var line = 1;
        while (!utf8.IsEmpty)
        {
            if (utf8.StartsWith("<<<<<<<"u8) || utf8.StartsWith(">>>>>>>"u8) || utf8.StartsWith("|||||||"u8))
            {
                throw new InvalidInputException(ErrorCodes.LockConflictMarkers,
                    $"'{fileName}' holds the marks of an unfinished merge.",
                    "Run 'vpkg lock --merge' to solve both sides anew.", new SourceSpan(fileName, line, 1));
            }

            var end = utf8.IndexOf((byte)'\n');
            utf8 = end < 0 ? [] : utf8[(end + 1)..];
            line++;
        }
    }
}
