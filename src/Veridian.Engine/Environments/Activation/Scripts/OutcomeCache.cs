using System.Text;
using Veridian.Core.Hashing;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Outcomes of jobs by their keys, each a folder of its own that appears complete or not at all.</summary>
/// <param name="folder">Absolute path, made when it is needed; safe to delete at any time but while an environment is built.</param>
/// <remarks>Source: <c>spec/activation.md</c> A-14.</remarks>
internal sealed class OutcomeCache(string folder)
{
    private const string Unfinished = ".new-";
    private const string OutcomeFile = "outcome";
    private const string LockFile = "lock";
    private const int Limit = 64 << 20;

    /// <summary>The outcome of a job that has run before; null if there is none, or a damaged one.</summary>
    public JobOutcome? Find(Blake3Digest key)
    {
        var path = Path.Combine(folder, key.ToString());
        return BoundedFile.TryRead(Path.Combine(path, OutcomeFile), Limit) is { } bytes && OutcomeText.Read(Encoding.UTF8.GetString(bytes), $"{path}/upper") is { } outcome
            && outcome.Changes.Entries.All(entry => entry.Source.Length == 0 || File.Exists(entry.Source))
            ? outcome
            : null;
    }

    /// <summary>Makes a folder for a job that is about to run. Nobody else touches it until it is kept, or its owner has died.</summary>
    public (string Path, FileLock Lock) Begin(Blake3Digest key)
    {
        Directory.CreateDirectory(folder);
        Sweep();
        var path = Path.Combine(folder, $"{Unfinished}{key}-{Environment.ProcessId}");
        Directory.CreateDirectory(path);
        return (path, FileLock.Try(Path.Combine(path, LockFile), exclusive: true) ?? throw new InvalidOperationException($"'{path}' is locked by somebody else."));
    }

    /// <summary>Gives a finished folder its name. Where another process was faster, its folder stays.</summary>
    /// <param name="path">As <see cref="Begin"/> made it.</param>
    /// <param name="key">The job's key.</param>
    /// <param name="outcome">What was done.</param>
    public JobOutcome Keep(string path, Blake3Digest key, JobOutcome outcome)
    {
        SyncContents(outcome);
        SmallFile.Write(Path.Combine(path, OutcomeFile), Encoding.UTF8.GetBytes(OutcomeText.Write(outcome)));
        if (Find(key) is { } other)
        {
            Remove(path);
            return other;
        }

        var final = Path.Combine(folder, key.ToString());
        Remove(final);
        Directory.Move(path, final);
        return Find(key) ?? outcome with { Folder = $"{final}/upper" };
    }

    /// <summary>Removes a folder that scripts have written to; nothing happens if it is not there.</summary>
    public static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    // What scripts wrote is believed for as long as it is kept, so a power cut must not leave half of it.
    private static void SyncContents(JobOutcome outcome)
    {
        foreach (var entry in outcome.Changes.Entries.Where(entry => entry.Source.Length > 0))
        {
            using var file = File.OpenHandle(entry.Source);
            Durable.SyncOpened(file, entry.Source);
        }
    }

    /// <summary>Removes what runs that were killed have left.</summary>
    private void Sweep()
    {
        foreach (var left in Directory.GetDirectories(folder, Unfinished + "*"))
        {
            using var dead = File.Exists(Path.Combine(left, LockFile)) ? FileLock.Try(Path.Combine(left, LockFile), exclusive: true) : null;
            if (dead is not null)
            {
                UpperFolder.Open(Path.Combine(left, "upper"));
                Remove(left);
            }
        }
    }
}
