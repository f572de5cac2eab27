using System.Globalization;
using Veridian.Engine.Profiles;
using Veridian.Store.Generations;

namespace Veridian.Engine.Applying;

/// <summary>The files that a generation's profile named beside itself, kept with it byte for byte.</summary>
internal static class IncludedFiles
{
    private const int MaxBytes = 1 << 20;

    /// <summary>The files to keep with a generation; none for a profile that includes nothing.</summary>
    public static IReadOnlyList<IncludedFile> ToKeep(IReadOnlyList<ProfileText> includes) =>
        [.. includes.Select(include => new IncludedFile(include.Path, include.Bytes))];

    /// <summary>Whether every included file still has the bytes that a generation recorded.</summary>
    public static bool AreAsRecorded(GenerationRecord record, string generationFolder)
    {
        for (var i = 0; i < record.Includes.Count; i++)
        {
            var kept = Path.Combine(generationFolder, "includes", i.ToString(CultureInfo.InvariantCulture));
            if (BoundedFile.TryRead(record.Includes[i], MaxBytes) is not { } now
                || BoundedFile.TryRead(kept, MaxBytes) is not { } then
                || !now.AsSpan().SequenceEqual(then))
            {
                return false;
            }
        }

        return EtcOverlay.IsAsRecorded(generationFolder);
    }
}
