using Veridian.Core.Units;

namespace Veridian.Fetch;

/// <summary>Hears how transfers go on. Called from several threads at once; must return quickly and not throw.</summary>
public interface ITransferObserver
{
    /// <summary>A transfer begins. Not called for what is already in the cache.</summary>
    /// <param name="name">The item's name.</param>
    /// <param name="size">The bytes expected in all; null where unknown.</param>
    /// <param name="already">The bytes of it that an earlier attempt left here.</param>
    void Started(string name, ByteCount? size, ByteCount already);

    /// <summary>More bytes arrived.</summary>
    /// <param name="name">The item's name.</param>
    /// <param name="bytes">How many since the last call; negative when bytes were thrown away to start again.</param>
    void Received(string name, long bytes);

    /// <summary>A URL failed and the next one, if any, is tried.</summary>
    void Failed(string name, Uri url, string reason);

    /// <summary>The item is complete and verified.</summary>
    /// <param name="name">The item's name.</param>
    /// <param name="fromCache">True if nothing was transferred.</param>
    void Finished(string name, bool fromCache);
}
