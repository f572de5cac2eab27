using System.Collections.Concurrent;
using Veridian.Core.Hashing;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Files that views have beside those of packages, each written once and from then on linked: most views have most of them.</summary>
/// <param name="makeFolder">Makes an empty folder on the store's file system.</param>
internal sealed class ViewFilePool(Func<string> makeFolder) : IDisposable
{
    private const int ExecutableMode = 0x1ED;
    private const int FileMode = 0x1A4;

    private readonly Lazy<DirectoryHandle> _folder = new(() => DirectoryHandle.Open(makeFolder()));
    private readonly ConcurrentDictionary<string, Lazy<string>> _written = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PackageControl, IReadOnlyList<(string Path, string Name)>> _records = new(ReferenceEqualityComparer.Instance);

    /// <summary>Puts a file into a folder that has its directory.</summary>
    public void Put(ViewFile file, DirectoryHandle folder) => Put(file.Path, NameOf(file), folder);

    /// <summary>Puts dpkg's records of a package into a folder that has their directory.</summary>
    public void PutRecords(PackageControl package, DirectoryHandle folder)
    {
        foreach (var (path, name) in _records.GetOrAdd(package, _ => [.. PackageDatabase.RecordsOf(package).Select(file => (file.Path, NameOf(file)))]))
        {
            Put(path, name, folder);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }
    }

    private void Put(string path, string name, DirectoryHandle folder)
    {
        if (Durable.Link(_folder.Value, name, folder, path) == LinkResult.Refused)
        {
            File.Copy(_folder.Value.PathOf(name), folder.PathOf(path)); // as many names as the file system allows
        }
    }

    private string NameOf(ViewFile file)
    {
        var name = $"{Blake3.Hash(file.Content.Span)}{(file.IsExecutable ? "x" : "")}";
        return _written.GetOrAdd(name, _ => new Lazy<string>(() => Write(name, file))).Value;
    }

    private string Write(string name, ViewFile file)
    {
        using var handle = Durable.Create(_folder.Value, name);
        Durable.Write(handle, file.Content.Span);
        Durable.SetMode(_folder.Value, name, file.IsExecutable ? ExecutableMode : FileMode);
        return name;
    }
}
