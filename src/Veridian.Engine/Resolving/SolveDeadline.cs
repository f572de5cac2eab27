using Veridian.Solver;

namespace Veridian.Engine.Resolving;

/// <summary>Turns a time to solve in into the solver's limits: the solver itself has no clock.</summary>
internal sealed class SolveDeadline(TimeSpan timeout, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource? _source = timeout > TimeSpan.Zero ? new CancellationTokenSource(timeout, time) : null;

    /// <summary>Runs out when the time has passed; never, if it was zero.</summary>
    public SolveLimits Limits => new() { Deadline = _source?.Token ?? CancellationToken.None };

    /// <inheritdoc/>
    public void Dispose() => _source?.Dispose();
}
