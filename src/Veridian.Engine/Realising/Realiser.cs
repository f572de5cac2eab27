using System.Collections.Concurrent;
using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Debian.Archive;
using Veridian.Debian.Control;
using Veridian.Engine.Profiles;
using Veridian.Engine.Progress;
using Veridian.Engine.Repositories;
using Veridian.Fetch.Downloads;
using Veridian.Formats.Lockfile;
using Veridian.Store.Manifests;

using Veridian.Store.Transactions;

namespace Veridian.Engine.Realising;

/// <summary>Makes packages of a lock present in the store: downloads what is missing, unpacks it while hashing, stages it for one publish.</summary>
internal sealed class Realiser(Workspace workspace, Network network, RepositoryPlan repositories)
{
    private readonly ConcurrentDictionary<string, LockedPackage> _realised = new(StringComparer.Ordinal);
    private int _unpacked;

    /// <summary>Stages objects although the store has them: for a repair (ST-38).</summary>
    public bool Again { get; init; }

    /// <summary>Stages all the packages given; the caller publishes the transaction.</summary>
    /// <returns>The packages with store path and tree digest filled in, by name.</returns>
    /// <exception cref="UntrustedException">An archive is not what the lock says.</exception>
    /// <exception cref="UnavailableException">Nobody has an archive any more.</exception>
    public async Task<IReadOnlyDictionary<string, LockedPackage>> StageAsync(
        StoreTransaction transaction, IReadOnlyList<LockedPackage> missing, CancellationToken cancellationToken)
    {
        var report = new TransferReport(workspace.Observer, workspace.Time);
        var toFetch = missing.Where(package => !File.Exists(network.Cache.Package(package.Sha256))).ToArray();
        report.Expect(missing.Count, new ByteCount(toFetch.Sum(package => package.Size)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var transfers = new SemaphoreSlim(network.Downloads.Parallel);
        using var workers = new SemaphoreSlim(workspace.Workers);
        // The largest first: the last one to end decides how long it takes.
        var tasks = missing.OrderByDescending(package => package.Size).Select(package => Task.Run(() => OneAsync(package), stop.Token)).ToArray();
        await FirstFailureOrAllAsync(tasks, stop);
        return _realised;

        async Task OneAsync(LockedPackage package)
        {
            await transfers.WaitAsync(stop.Token);
            try
            {
                await FetchAsync(package, report, stop.Token);
            }
            finally
            {
                transfers.Release();
            }

            await workers.WaitAsync(stop.Token);
            try
            {
                Unpack(transaction, package, missing.Count, stop.Token);
            }
            finally
            {
                workers.Release();
            }
        }
    }

    private static async Task FirstFailureOrAllAsync(Task[] tasks, CancellationTokenSource stop)
    {
        var running = tasks.ToList();
        Exception? first = null;
        while (running.Count > 0)
        {
            var done = await Task.WhenAny(running);
            running.Remove(done);
            if (!done.IsCompletedSuccessfully && first is null)
            {
                first = done.Exception?.InnerException ?? new OperationCanceledException(stop.Token);
                await stop.CancelAsync();
            }
        }

        if (first is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(first);
        }
    }

    private async Task FetchAsync(LockedPackage package, TransferReport report, CancellationToken cancellationToken)
    {
        var urls = repositories.UrlsOf($"{package.Repository}/{package.Suite}").Select(url => new Uri(url, package.Url)).ToArray();
        var path = network.Cache.Package(package.Sha256);
        if (urls.Length == 0 && !File.Exists(path))
        {
            throw new UnavailableException(ErrorCodes.NoRepository,
                $"{package.Name} comes from suite '{package.Suite}' of repository '{package.Repository}', which neither the profile nor this machine knows.",
                "Add the repository to the profile, with its url and key.");
        }

        try
        {
            await network.Downloader.FetchAsync(
                new DownloadItem(package.Name, urls, new ByteCount(package.Size), package.Sha256, path), report, cancellationToken);
        }
        catch (UnavailableException failed) when (failed.Code == ErrorCodes.DownloadFailed || failed.Code == ErrorCodes.PackageGone)
        {
            throw new UnavailableException(ErrorCodes.PackageGone,
                $"{package.Name} {package.Version} ({package.Sha256}) cannot be had: {failed.Message}",
                $"Run 'vpkg update {package.Name}' to lock a version that mirrors still have, or try again later.", failed);
        }
    }

    private void Unpack(StoreTransaction transaction, LockedPackage package, int total, CancellationToken cancellationToken)
    {
        using var writer = transaction.Stage(package.Name, package.Version, package.Architecture);
        using var archive = new FileStream(network.Cache.Package(package.Sha256), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        DebContents contents;
        try
        {
            contents = DebReader.Unpack(archive, writer, DebLimits.ForInstalledBytes(package.InstalledSize), Threads(total), cancellationToken);
        }
        catch (UntrustedException refused)
        {
            throw new UntrustedException(refused.Code, $"{package.Name} {package.Version}: {refused.Message}", refused.Hint, refused);
        }

        RequireSame(package, contents.Control.ControlFile.Span);
        Record(package, Again ? writer.CompleteAgain(Control(contents), OriginOf(package)) : writer.Complete(Control(contents), OriginOf(package)));
        var done = Interlocked.Increment(ref _unpacked);
        workspace.Observer.On(new EngineEvent.Unpack(done, total, package.Name));
    }

    // The index is signed and the archive's digest is in it; this catches an index that names the wrong archive.
    private void RequireSame(LockedPackage package, ReadOnlySpan<byte> control)
    {
        var stanza = new PackagesReader(HostPlatform.Architecture).Read(control, 0, 0).Entries;
        if (stanza is not [var entry] || entry.Name != package.Name || entry.Version != package.Version || entry.Architecture != package.Architecture)
        {
            throw new UntrustedException(ErrorCodes.ArchiveRefused,
                $"The archive of {package.Name} {package.Version} says that it is {(stanza is [var other] ? $"{other.Name} {other.Version} {other.Architecture}" : "something else")}.",
                "Tell the repository's owner, and lock another version.");
        }
    }

    // A single large archive may use every core; many share them.
    private int Threads(int total) => Math.Max(1, workspace.Workers / Math.Min(total, workspace.Workers));

    private void Record(LockedPackage package, StagedObject staged)
    {
        // Decision 8: once filled in, checked for ever.
        if (package.Store is { } expected && expected != staged.Path)
        {
            throw new UntrustedException(ErrorCodes.DigestMismatch,
                $"{package.Name} {package.Version} unpacks to {staged.Path}, the lock says {expected}.",
                "Do not use this lock with this archive: ask whoever wrote the lock, or run 'vpkg update'.");
        }

        _realised[package.Name] = package with { Store = staged.Path, Tree = staged.Tree };
    }

    private static Store.Manifests.ControlData Control(DebContents contents) =>
        Store.Manifests.ControlData.Of(contents.Control.Members.Select(member => new Store.Manifests.ControlMember(member.Name, member.Bytes)));

    private Origin OriginOf(LockedPackage package) => new(package.Url, package.Sha256.ToString(), $"{package.Repository}/{package.Suite}");
}
