using Veridian.Core.Units;

namespace Veridian.Fetch;

/// <summary>Hears nothing.</summary>
public sealed class SilentObserver : ITransferObserver
{
    /// <summary>The only one needed.</summary>
    public static SilentObserver Instance { get; } = new();

    /// <inheritdoc/>
    public void Started(string name, ByteCount? size, ByteCount already)
    {
    }

    /// <inheritdoc/>
    public void Received(string name, long bytes)
    {
    }

    /// <inheritdoc/>
    public void Failed(string name, Uri url, string reason)
    {
    }

    /// <inheritdoc/>
    public void Finished(string name, bool fromCache)
    {
    }
}
