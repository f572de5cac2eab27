using Veridian.Core.Errors;
using Veridian.Engine.Repositories;
using Veridian.Formats.Lockfile;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Generations;
using Veridian.Store.Files;

namespace Veridian.Engine.Applying;

/// <summary>
/// One change of a profile's environment, from the first look to the published generation: begin, plan, install, commit.
/// While a session is open no other command changes the same profile.
/// </summary>
/// <remarks>Requirements TX-02 to TX-04; <c>spec/cli.md</c> CL-4.</remarks>
public sealed class ApplySession : IDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(10);
    private readonly Workspace _workspace;
    private readonly FileLock _lock;
    private readonly HostDebian _host;

    private ApplySession(Workspace workspace, FileLock held, StoreFolder store, HostDebian host) =>
        (_workspace, _lock, Store, _host) = (workspace, held, store, host);

    internal StoreFolder Store { get; }

    /// <summary>As the other one, with the real disk.</summary>
    public static ApplySession Begin(Workspace workspace, CancellationToken cancellationToken) => Begin(workspace, new PosixStoreFiles(), cancellationToken);

    /// <summary>Takes the profile's lock, waiting for another command to end, and completes what an earlier one left half-done.</summary>
    /// <exception cref="BusyException">Another command did not end in ten minutes.</exception>
    public static ApplySession Begin(Workspace workspace, IStoreFiles files, CancellationToken cancellationToken)
    {
        var state = workspace.Locations.ProjectState(workspace.Profile);
        var held = ProfileAlone.Take(workspace, cancellationToken);
        try
        {
            var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, files, workspace.Time);
            using var generations = GenerationFolder.Open(state, store.Roots, files, workspace.Time);
            generations.Recover(Files(workspace), Wait, cancellationToken);
            return new ApplySession(workspace, held, store, HostDebian.Read(workspace)) { StoreFiles = files };
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private IStoreFiles StoreFiles { get; init; } = new PosixStoreFiles();

    /// <summary>Finds out what has to be done; changes nothing but the cache.</summary>
    public ValueTask<ApplyPlan> PlanAsync(ApplyRequest request, CancellationToken cancellationToken) =>
        new ApplyPlanner(_workspace, Store, _host).PlanAsync(request, cancellationToken);

    /// <summary>Finds out what the lock has to say; changes nothing but the cache.</summary>
    public ValueTask<LockPlan> LockAsync(ApplyRequest request, CancellationToken cancellationToken) =>
        new ApplyPlanner(_workspace, Store, _host).LockAsync(request, cancellationToken);

    /// <summary>Does what the plan says and publishes a new generation; a plan with nothing to do changes nothing.</summary>
    public Task<ApplyOutcome> RunAsync(ApplyPlan plan, CancellationToken cancellationToken) =>
        new ApplyRunner(_workspace, Store, StoreFiles, _host).RunAsync(plan, cancellationToken);

    /// <summary>The current generation's number; null where there is none.</summary>
    public int? CurrentNumber() => GenerationFolder.ReadCurrent(_workspace.Locations.ProjectState(_workspace.Profile))?.Number;

    /// <summary>Writes a lock beside the profile and nothing else.</summary>
    public void WriteLock(LockPlan plan) => SmallFile.Write(StoreFiles, _workspace.Profile.LockPath, LockFileWriter.Write(plan.Lock));

    /// <summary>Where the current generation is what the plan wants but its lock is not beside the profile: puts it there.</summary>
    public void AdoptLock(ApplyPlan plan)
    {
        var wanted = LockFileWriter.Write(plan.Lock);
        if (BoundedFile.TryRead(_workspace.Profile.LockPath, wanted.Length + 1) is not { } there || !there.AsSpan().SequenceEqual(wanted))
        {
            SmallFile.Write(StoreFiles, _workspace.Profile.LockPath, wanted);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Store.Dispose();
        _lock.Dispose();
    }

    internal static ProjectFiles Files(Workspace workspace) => new(workspace.Profile.ProfilePath, workspace.Profile.LockPath);
}
