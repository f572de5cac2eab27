using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Composing;
using Veridian.Store;
using Veridian.Store.Transactions;

namespace Veridian.Engine.Environments.Building;

/// <summary>What a new environment may take over from one that is there: results of activation, and unchanged directories.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-24, E-25.</remarks>
internal sealed class PreviousEnvironment
{
    /// <summary>Where an environment's digests lie in its folder.</summary>
    public const string DigestsFile = "activation/directories";

    /// <summary>Where the key of its library cache lies.</summary>
    public const string LibrariesFile = "activation/libraries";

    private const int Limit = 256 << 20;

    private readonly string _folder;

    private PreviousEnvironment(string folder, CompositionRecord? composition, Blake3Digest lender, string lenderFolder) =>
        (_folder, IsLayered, Lender, LenderFolder) = (folder, composition?.Parts.Any(part => part.Kind == PartKind.Layered) == true, lender, lenderFolder);

    /// <summary>Whether directories of it lie over the lender's: only launchers that enter by themselves can show that.</summary>
    public bool IsLayered { get; }

    /// <summary>The environment that lends: this one, or the one that it borrows from itself.</summary>
    public Blake3Digest Lender { get; }

    /// <summary>Opens an environment, which a transaction then keeps; null if it, or its lender, is not in the store.</summary>
    public static PreviousEnvironment? Find(StoreFolder store, StoreTransaction transaction, Blake3Digest id)
    {
        if (!transaction.KeepEnvironment(id))
        {
            return null;
        }

        var composition = CompositionRecord.Find(store.FolderOfEnvironment(id));
        var lender = composition?.Lender ?? id;
        return transaction.KeepEnvironment(lender)
            ? new PreviousEnvironment(store.FolderOfEnvironment(id), composition, lender, store.FolderOfEnvironment(lender))
            : null;
    }

    /// <summary>The library cache, if it was made from the same libraries; else null.</summary>
    public byte[]? LibraryCacheFor(string key) => Read(_folder, LibrariesFile) is { } text && System.Text.Encoding.ASCII.GetString(text) == key
        ? Read(_folder, LibraryCache.Path)
        : null;

    /// <summary>Absolute path of the lender.</summary>
    public string LenderFolder { get; }

    /// <summary>The lender's digests; null if it has none.</summary>
    public TreeDigests? LentDirectories() =>
        Read(LenderFolder, DigestsFile) is { } text ? TreeDigests.Read(System.Text.Encoding.UTF8.GetString(text)) : null;

    private static byte[]? Read(string folder, string path)
    {
        var file = new FileInfo(Path.Combine(folder, path));
        if (!file.Exists || file.Length > Limit)
        {
            return null;
        }

        using var stream = file.OpenRead();
        var bytes = new byte[file.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
