using Veridian.Core.Errors;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Runs jobs as many at once as there are cores, each as soon as what it sees is done.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-14.</remarks>
internal sealed class JobQueue : IAsyncDisposable
{
    private readonly JobRunner _runner;
    private readonly SemaphoreSlim _cores;
    private readonly CancellationTokenSource _stop;
    private readonly List<Task> _ahead = [];

    /// <summary>Nothing runs yet.</summary>
    /// <param name="runner">Runs one job.</param>
    /// <param name="workers">How many run at once.</param>
    /// <param name="cancellationToken">Kills what runs.</param>
    public JobQueue(JobRunner runner, int workers, CancellationToken cancellationToken) =>
        (_runner, _cores, _stop) = (runner, new SemaphoreSlim(workers), CancellationTokenSource.CreateLinkedTokenSource(cancellationToken));

    /// <summary>Runs the jobs that have no outcome yet; a failure stops all others.</summary>
    /// <param name="jobs">All jobs so far.</param>
    /// <param name="done">The outcomes of the first of them.</param>
    /// <param name="ahead">Jobs that come after some of these, numbered on from them, each worth running if all that it sees is done: nobody waits for them.</param>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ScriptFailed"/> or <see cref="ErrorCodes.ScriptOverLimit"/>.</exception>
    public async Task<IReadOnlyList<JobOutcome>> RunAsync(IReadOnlyList<ScriptJob> jobs, IReadOnlyList<JobOutcome> done, IReadOnlyList<ScriptJob> ahead)
    {
        var tasks = new List<Task<JobOutcome>>(jobs.Count + ahead.Count);
        foreach (var job in jobs.Concat(ahead))
        {
            var (number, before) = (tasks.Count, job.Before.Select(before => tasks[before]).ToArray());
            tasks.Add(number < done.Count ? Task.FromResult(done[number]) : Task.Run(() => OneAsync(job, before, stopsOthers: number < jobs.Count), _stop.Token));
        }

        _ahead.AddRange(tasks.Skip(jobs.Count));
        // A failure comes before those that it stopped.
        return await Task.WhenAll(tasks.Take(jobs.Count));
    }

    /// <summary>Waits for what nobody has waited for; whether it failed is told to whoever asks for it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _cores.Dispose();
        _stop.Dispose();
    }

    private async Task<JobOutcome> OneAsync(ScriptJob job, Task<JobOutcome>[] before, bool stopsOthers)
    {
        // Not on the thread that ended the last one of them, which would go through all that wait for it one after the other.
        var outcomes = await Task.WhenAll(before).ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await _cores.WaitAsync(_stop.Token);
        try
        {
            return await _runner.RunAsync(job, outcomes, _stop.Token);
        }
        catch when (stopsOthers)
        {
            await _stop.CancelAsync();
            throw;
        }
        finally
        {
            _cores.Release();
        }
    }
}
