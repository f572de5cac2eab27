using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Outcomes of jobs by their keys, each a folder of its own that appears complete or not at all.</summary>
/// <param name="folder">Absolute path, made when it is needed.</param>
/// <remarks>Source: <c>spec/activation.md</c> A-14, A-16. Who builds an environment holds the cache; who removes something from it takes it alone.</remarks>
internal sealed class OutcomeCache(string folder)
{
    private const string Unfinished = ".new-";
    private const string Unlocked = ".make-";
    private const string OutcomeFile = "outcome";
    private const string LockFile = "lock";
    private const int Limit = 64 << 20;
    private int _swept;

    /// <summary>Keeps everybody from removing what lies in it, until disposed.</summary>
    /// <exception cref="BusyException">Somebody has been removing for ten minutes.</exception>
    public FileLock Hold(TimeProvider time, CancellationToken cancellationToken) => Take(exclusive: false, TimeSpan.FromMinutes(10), time, cancellationToken);

    /// <summary>Keeps everybody from using it, until disposed.</summary>
    /// <param name="wait">How long to wait for those who do.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="BusyException">An environment is being built still.</exception>
    public FileLock Alone(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken) => Take(exclusive: true, wait, time, cancellationToken);

    /// <summary>The keys of all outcomes, and unfinished ones under names that are no key.</summary>
    public IReadOnlyList<string> List() => Directory.Exists(folder) ? [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];

    /// <summary>Absolute path of one that <see cref="List"/> names.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);

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
        if (Interlocked.Exchange(ref _swept, 1) == 0)
        {
            Sweep();
        }

        // It gets the name that others look for when it is locked: else they would take it for what a dead run has left.
        var name = $"{key}-{Environment.ProcessId}";
        var (path, fresh) = (Path.Combine(folder, Unfinished + name), Path.Combine(folder, Unlocked + name));
        Directory.CreateDirectory(fresh);
        var @lock = FileLock.Try(Path.Combine(fresh, LockFile), exclusive: true) ?? throw new InvalidOperationException($"'{fresh}' is locked by somebody else.");
        Directory.Move(fresh, path);
        return (path, @lock);
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

    private FileLock Take(bool exclusive, TimeSpan wait, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        return FileLock.Wait(Path.Combine(folder, LockFile), exclusive, wait, time, cancellationToken)
            ?? throw new BusyException(ErrorCodes.StoreBusy, $"Another command uses what scripts have done, in '{folder}'.", "Wait for it to end, then run the command again.");
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
