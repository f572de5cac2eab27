using Veridian.Engine.Profiles;
using Veridian.Formats.Lockfile;
using Veridian.Store;
using Veridian.Store.Generations;

namespace Veridian.Engine.Applying;

/// <summary>The generation that <c>current</c> points at, with the profile and the lock it was made from.</summary>
internal sealed record CurrentGeneration(GenerationRecord Record, string Folder, byte[] Profile, byte[] LockBytes)
{
    private const int MaxBytes = 64 << 20;
    private LockFile? _lock;

    /// <summary>Its lock, read when first asked for.</summary>
    public LockFile Lock => _lock ??= LockFileReader.Read(LockBytes, $"lock of generation {Record.Number}");

    /// <summary>Reads it; null where there is none yet.</summary>
    public static CurrentGeneration? TryRead(Workspace workspace)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        if (GenerationFolder.ReadCurrent(state) is not { } record)
        {
            return null;
        }

        var folder = Path.Combine(state, "generations", record.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return new CurrentGeneration(
            record, folder, BoundedFile.TryRead(Path.Combine(folder, "profile"), MaxBytes) ?? [], BoundedFile.TryRead(Path.Combine(folder, "lock"), MaxBytes) ?? []);
    }

    /// <summary>Whether this profile, these includes and this lock made it, and its environment is there.</summary>
    public bool IsExactly(LoadedProfile loaded, LockFile lockFile, StoreFolder store) =>
        Profile.AsSpan().SequenceEqual(loaded.Root.Bytes)
        && LockBytes.AsSpan().SequenceEqual(LockFileWriter.Write(lockFile))
        && IncludedFiles.AreAsRecorded(Record, Folder)
        && store.EnvironmentExists(Record.Environment);
}
