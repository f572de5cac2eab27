using Veridian.Core.Errors;
using Veridian.Store;
using Veridian.Store.Files;

namespace Veridian.Engine.Maintaining;

/// <summary>One line of a usage report.</summary>
/// <param name="Name">A package or a project.</param>
/// <param name="Bytes">Sizes of its files together; files shared between packages count for each.</param>
/// <param name="Detail">More, for people.</param>
public sealed record UsageRow(string Name, long Bytes, string Detail);

/// <summary>Who takes how much room.</summary>
public static class StoreUsage
{
    /// <summary>By package, largest first; or by root, with project and last use.</summary>
    public static IReadOnlyList<UsageRow> Read(Workspace workspace, bool byRoot)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        using var index = store.OpenIndex();
        var objects = index.All();
        if (!byRoot)
        {
            return [.. objects.OrderByDescending(known => known.Bytes.Bytes).ThenBy(known => known.Path.Text, StringComparer.Ordinal)
                .Select(known => new UsageRow($"{known.Name} {known.Version}", known.Bytes.Bytes, known.Path.Text))];
        }

        var sizes = objects.ToDictionary(known => known.Path.Text, known => known.Bytes.Bytes, StringComparer.Ordinal);
        return [.. store.Roots.List().Select(root => new UsageRow(
            root.Project.Length > 0 ? root.Project : root.Id, root.Objects.Sum(path => sizes.GetValueOrDefault(path.Text)), Describe(root)))
            .OrderByDescending(row => row.Bytes)];
    }

    /// <summary>The contents that take the most room, largest first; a content that many packages share is listed once.</summary>
    /// <param name="workspace">For folders.</param>
    /// <param name="most">How many.</param>
    public static IReadOnlyList<UsageRow> LargestFiles(Workspace workspace, int most)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        var contents = new Dictionary<Core.Hashing.Blake3Digest, (string Path, long Bytes, int Names, HashSet<string> Packages)>();
        // gc may take an object away between the list and the look.
        foreach (var manifest in store.ListObjects().Select(store.TryReadManifest).OfType<Store.Manifests.ObjectManifest>())
        {
            foreach (var entry in manifest.Entries.Where(entry => entry.IsFile))
            {
                var known = contents.GetValueOrDefault(entry.Content, (entry.Path.Text, entry.Size, 0, []));
                known.Packages.Add($"{manifest.Identity.Name} {manifest.Identity.Version}");
                contents[entry.Content] = known with { Names = known.Names + 1 };
            }
        }

        return [.. contents.Values.OrderByDescending(file => file.Bytes).ThenBy(file => file.Path, StringComparer.Ordinal).Take(most)
            .Select(file => new UsageRow(file.Path, file.Bytes, $"{Core.Text.Plural.Of(file.Names, "name")} in {string.Join(", ", file.Packages.Order(StringComparer.Ordinal).Take(3))}{(file.Packages.Count > 3 ? " ..." : "")}"))];
    }

    /// <summary>What keeps things alive.</summary>
    public static IReadOnlyList<UsageRow> Roots(Workspace workspace)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        return [.. store.Roots.List().Select(root => new UsageRow(root.Project.Length > 0 ? root.Project : root.Id, 0, Describe(root)))];
    }

    /// <summary>The folder of an object: a package of the environment, a store path, or the only object of that name.</summary>
    /// <exception cref="InvalidInputException">There is none, or several.</exception>
    public static string PathOf(Workspace workspace, string name)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        return store.FolderOf(Inspecting.StoreContents.Find(workspace, store, name));
    }

    private static string Describe(Store.Roots.RootRecord root) =>
        $"{root.Kind}, {Core.Text.Plural.Of(root.Objects.Count, "package")}, last used {root.Used.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(root.Generation.Length > 0 ? $", {root.Generation}" : "")}";
}
