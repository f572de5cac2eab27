using Veridian.Core.Errors;
using Veridian.Posix;

namespace Veridian.Store;

/// <summary>The store's one lock. Shared while names appear, exclusive while a gc marks; never held during a download or a deletion.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-6, ST-7.</remarks>
internal sealed class StoreLock(DirectoryHandle root, TimeProvider time)
{
    /// <summary>How long an operation waits that has no wait of its own.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);

    private string Path => root.PathOf(StoreLayout.LockFile);

    /// <exception cref="BusyException">Somebody else holds it for longer than <paramref name="wait"/>.</exception>
    public FileLock Shared(TimeSpan wait, CancellationToken cancellationToken) => Take(exclusive: false, wait, cancellationToken);

    /// <exception cref="BusyException">Somebody else holds it for longer than <paramref name="wait"/>.</exception>
    public FileLock Exclusive(TimeSpan wait, CancellationToken cancellationToken) => Take(exclusive: true, wait, cancellationToken);

    /// <summary>The lock of a staging area, which nobody holds for longer than a look.</summary>
    /// <exception cref="BusyException">Somebody does.</exception>
    public FileLock Of(string stagingLock) =>
        FileLock.Wait(stagingLock, exclusive: true, TimeSpan.FromSeconds(10), time, CancellationToken.None)
        ?? throw new BusyException(ErrorCodes.StoreBusy, $"'{stagingLock}' is held by another command.", "Run the command again.");

    /// <summary>Null if anybody else is at work.</summary>
    public FileLock? TryExclusive() => FileLock.Try(Path, exclusive: true);

    private FileLock Take(bool exclusive, TimeSpan wait, CancellationToken cancellationToken) =>
        FileLock.Wait(Path, exclusive, wait, time, cancellationToken)
        ?? throw new BusyException(ErrorCodes.StoreBusy,
            $"The store '{root.Path}' is in use by {LockHolders.Describe(root, StoreLayout.LockFile)}, still after {wait.TotalSeconds:0.#} s.",
            "Wait for it to end, then run the command again.");
}
