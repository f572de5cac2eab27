using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
using Veridian.Store;
using Veridian.Store.Collecting;
using Veridian.Store.Files;
using Veridian.Store.Trees;

namespace Veridian.Engine.Inspecting;

/// <summary>One path of an object, as listings show it.</summary>
/// <param name="Path">Inside the object.</param>
/// <param name="Kind"><c>directory</c>, <c>file</c>, <c>executable</c> or <c>link</c>.</param>
/// <param name="Bytes">Size of a file; 0 for anything else.</param>
/// <param name="Target">Where a link points; empty for anything else.</param>
public sealed record StoredEntry(string Path, string Kind, long Bytes, string Target);

/// <summary>Looks into objects of the store.</summary>
public static class StoreContents
{
    /// <summary>The object that a person means: a package of the environment, a store path, or the only object of that name.</summary>
    /// <exception cref="InvalidInputException">There is none, or several.</exception>
    internal static StorePath Find(Workspace workspace, StoreFolder store, string name)
    {
        var text = Path.GetFileName(name.TrimEnd('/'));
        if (StorePath.TryParse(text, out var path) && store.Exists(path))
        {
            return path;
        }

        if (CurrentGeneration.TryRead(workspace)?.Lock.Find(workspace.Profile.Environment, HostPlatform.Name)?.Packages.FirstOrDefault(package => package.Name == name)?.Store is { } inEnvironment)
        {
            return inEnvironment;
        }

        using var index = store.OpenIndex();
        var found = index.Find(name);
        return found.Count == 1 ? found[0].Path : throw new InvalidInputException(ErrorCodes.NotInProfile,
            found.Count == 0 ? $"'{name}' is neither in the environment nor in the store." : $"The store has {found.Count} objects of '{name}': {string.Join(", ", found.Select(known => known.Path.Text))}.",
            found.Count == 0 ? "Run 'vpkg store du' to see what is." : "Name one of these store paths.");
    }

    /// <summary>What lies below a path of an object.</summary>
    /// <param name="workspace">Which profile.</param>
    /// <param name="name">The object.</param>
    /// <param name="below">A path inside; empty for all.</param>
    /// <exception cref="InvalidInputException">There is no such object or path.</exception>
    public static IReadOnlyList<StoredEntry> List(Workspace workspace, string name, string below)
    {
        using var store = StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        var prefix = below.Trim('/');
        var entries = store.ReadManifest(Find(workspace, store, name)).Entries
            .Where(entry => prefix.Length == 0 || entry.Path.Text == prefix || entry.Path.Text.StartsWith(prefix + "/", StringComparison.Ordinal))
            .Select(entry => new StoredEntry(entry.Path.Text, Word(entry.Kind), entry.Size, entry.Target)).ToArray();
        return entries.Length > 0 || prefix.Length == 0 ? entries : throw NoSuchPath(name, below);
    }

    /// <summary>Copies a file of an object, and only then says whether it is what it was when it was made.</summary>
    /// <exception cref="InvalidInputException">There is no such file.</exception>
    /// <exception cref="StoreDamagedException">The bytes copied are not those that the manifest names.</exception>
    public static void Copy(Workspace workspace, string name, string file, Stream to)
    {
        using var store = StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        var path = Find(workspace, store, name);
        var entry = store.ReadManifest(path).Entries.FirstOrDefault(entry => entry.Path.Text == file.TrimStart('/') && entry.IsFile) ?? throw NoSuchPath(name, file);
        using var from = new FileStream(Path.Combine(store.FolderOf(path), entry.Path.Text), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var (hasher, buffer) = (Blake3Hasher.New(), new byte[256 << 10]);
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            hasher.Update(buffer.AsSpan(0, read));
            to.Write(buffer, 0, read);
        }

        if (hasher.Finish() != entry.Content)
        {
            throw new StoreDamagedException(ErrorCodes.StoreDamaged, $"'{file}' of {path} is not what its manifest says.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");
        }
    }

    /// <summary>Why an object stays: one sentence per reason; none where the next gc removes it.</summary>
    /// <exception cref="InvalidInputException">There is no such object.</exception>
    public static IReadOnlyList<string> WhyAlive(Workspace workspace, string name)
    {
        using var store = StoreFolder.Open(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        var path = Find(workspace, store, name);
        return Liveness.ReasonsFor(store, path);
    }

    private static string Word(TreeEntryKind kind) => kind switch
    {
        TreeEntryKind.Directory => "directory",
        TreeEntryKind.File => "file",
        TreeEntryKind.ExecutableFile => "executable",
        _ => "link",
    };

    private static InvalidInputException NoSuchPath(string name, string path) =>
        new(ErrorCodes.NotInProfile, $"'{name}' has no '{path}'.", $"Run 'vpkg store ls {name}' to see what it has.");
}
