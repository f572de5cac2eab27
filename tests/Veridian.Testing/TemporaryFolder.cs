using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Testing;

/// <summary>A fresh folder that is gone afterwards, whatever modes were set inside.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder()
    {
        Path = Directory.CreateTempSubdirectory("veridian-test-").FullName;
    }

    public string Path { get; }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        using var parent = DirectoryHandle.Open(System.IO.Path.GetDirectoryName(Path)!);
        new TreeRemover(new UnsyncedStoreFiles()).Remove(parent, System.IO.Path.GetFileName(Path));
    }
}
