using Veridian.Engine.Progress;

namespace Veridian.Cli;

/// <summary>Listens and says nothing.</summary>
internal sealed class SilentObserver : IEngineObserver
{
    public static SilentObserver Instance { get; } = new();

    public void On(EngineEvent engineEvent)
    {
    }
}
