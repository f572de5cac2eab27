using Veridian.Engine.Locating;
using Veridian.Posix;
using Veridian.Store.Generations;

namespace Veridian.Engine.Applying;

/// <summary>
/// The short answer to <c>apply</c>: profile, includes and lock are byte for byte those of the current generation, and its environment is there.
/// Reads a few small files; parses nothing, opens no database and no socket (CL-5).
/// </summary>
public static class NothingToDo
{
    private const int MaxBytes = 64 << 20;

    /// <summary>The current generation's number; null if there may be something to do.</summary>
    public static int? Check(Locations locations, ProfileLocation profile)
    {
        var state = locations.ProjectState(profile);
        var current = Path.Combine(state, "current");
        if (!SameFile(profile.ProfilePath, Path.Combine(current, "profile"))
            || !SameFile(profile.LockPath, Path.Combine(current, "lock"))
            || PathLookup.TypeOf(Path.Combine(current, "launch")) != EntryType.File
            || PathLookup.TypeOf(Path.Combine(state, "pending")) is not null)
        {
            return null;
        }

        return BoundedFile.TryRead(Path.Combine(current, "record"), MaxBytes) is { } bytes
            && GenerationGlance.Take(bytes) is { } glance
            && PathLookup.TypeOf(Path.Combine(locations.Store, "environments", glance.Environment)) == EntryType.Directory
            && (!glance.HasIncludes || HasSameIncludes(state, current))
                ? glance.Number
                : null;
    }

    private static bool HasSameIncludes(string state, string current) =>
        GenerationFolder.ReadCurrent(state) is { } record && IncludedFiles.AreAsRecorded(record, current);

    private static bool SameFile(string left, string right) =>
        BoundedFile.TryRead(left, MaxBytes) is { } a && BoundedFile.TryRead(right, MaxBytes) is { } b && a.AsSpan().SequenceEqual(b);
}
