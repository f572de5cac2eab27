using Veridian.Core.Units;

namespace Veridian.Engine.Progress;

/// <summary>What a use case tells while it works. Printing is the listener's matter.</summary>
public abstract record EngineEvent
{
    private EngineEvent()
    {
    }

    /// <summary>A step begins.</summary>
    /// <param name="Text">What is being done, "Resolving dependencies".</param>
    public sealed record Step(string Text) : EngineEvent;

    /// <summary>Something the reader should know, and that stops nothing.</summary>
    /// <param name="Text">One sentence.</param>
    public sealed record Warning(string Text) : EngineEvent;

    /// <summary>Bytes have arrived.</summary>
    /// <param name="Done">Bytes so far, of all transfers of this step.</param>
    /// <param name="Total">Bytes in all.</param>
    /// <param name="FilesDone">Files complete.</param>
    /// <param name="FilesTotal">Files in all.</param>
    /// <param name="Elapsed">Since the step began.</param>
    public sealed record Download(ByteCount Done, ByteCount Total, int FilesDone, int FilesTotal, TimeSpan Elapsed) : EngineEvent;

    /// <summary>Objects have been unpacked.</summary>
    /// <param name="Done">So far.</param>
    /// <param name="Total">In all.</param>
    /// <param name="Name">The one that was finished last.</param>
    public sealed record Unpack(int Done, int Total, string Name) : EngineEvent;

    /// <summary>A maintainer script begins to run. How many there will be is not known: most are taken from earlier runs.</summary>
    /// <param name="Begun">So far, this one included.</param>
    /// <param name="Name">The package and the script, <c>jq postinst</c>.</param>
    public sealed record Script(int Begun, string Name) : EngineEvent;
}

/// <summary>Listens to a use case. Called from several threads.</summary>
public interface IEngineObserver
{
    /// <summary>Something happened.</summary>
    void On(EngineEvent engineEvent);
}
