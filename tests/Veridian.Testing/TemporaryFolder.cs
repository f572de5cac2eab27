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

    public void Dispose() => Remove(Path);

    /// <summary>Removes a folder, if it is there, whatever modes were set inside.</summary>
    public static void Remove(string path)
    {
        using var parent = DirectoryHandle.Open(System.IO.Path.GetDirectoryName(path)!);
        new TreeRemover(new UnsyncedStoreFiles()).Remove(parent, System.IO.Path.GetFileName(path));
    }
}
