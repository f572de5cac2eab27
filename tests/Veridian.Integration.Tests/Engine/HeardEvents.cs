using System.Collections.Concurrent;
using Veridian.Engine.Progress;

namespace Veridian.Integration.Tests.Engine;

/// <summary>Keeps what a use case tells.</summary>
internal sealed class HeardEvents : IEngineObserver
{
    public ConcurrentQueue<EngineEvent> Events { get; } = new();

    public IEnumerable<string> Steps => Events.OfType<EngineEvent.Step>().Select(step => step.Text);

    public void On(EngineEvent engineEvent) => Events.Enqueue(engineEvent);
}
