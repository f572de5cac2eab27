using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store.Trees;

/// <summary>Gives a file that is known another name.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-12.</remarks>
internal sealed class LinkedFile(IStoreFiles files)
{
    private const int CopyBuffer = 256 << 10;

    /// <summary>One more name for a file, or a copy of it that must have the digest it is said to have.</summary>
    public void Place(DirectoryHandle sourceFolder, string source, DirectoryHandle folder, string name, TreeEntry entry)
    {
        if (files.Link(sourceFolder, source, folder, name) == LinkResult.Linked)
        {
            return;
        }

        using var from = Entries.TryOpenFile(sourceFolder, source) ?? throw StoreFolder.Missing(sourceFolder.PathOf(source));
        using var to = files.Create(folder, name);
        var buffer = new byte[CopyBuffer];
        var hasher = Blake3Hasher.New();
        for (int read; (read = Entries.Read(from, buffer)) > 0;)
        {
            hasher.Update(buffer.AsSpan(0, read));
            files.Write(to, buffer.AsSpan(0, read));
        }

        if (hasher.Finish() != entry.Content)
        {
            throw new StoreDamagedException(ErrorCodes.StoreDamaged,
                $"'{sourceFolder.PathOf(source)}' is not what its manifest says.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");
        }

        Durable.Seal(to, entry.Mode);
    }
}
