using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Engine.Profiles;
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

    /// <summary>What keeps things alive.</summary>
    public static IReadOnlyList<UsageRow> Roots(Workspace workspace)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        return [.. store.Roots.List().Select(root => new UsageRow(root.Project.Length > 0 ? root.Project : root.Id, 0, Describe(root)))];
    }

    /// <summary>The folder of a package of the environment.</summary>
    /// <exception cref="InvalidInputException">It is not in the environment.</exception>
    public static string PathOf(Workspace workspace, string name)
    {
        using var store = StoreFolder.OpenOrCreate(workspace.Locations.Store, new PosixStoreFiles(), workspace.Time);
        var selection = CurrentGeneration.TryRead(workspace)?.Lock.Find(workspace.Profile.Environment, HostPlatform.Name);
        return selection?.Packages.FirstOrDefault(package => package.Name == name)?.Store is { } path
            ? store.FolderOf(path)
            : throw new InvalidInputException(ErrorCodes.NotInProfile, $"'{name}' is not in the environment.", "Run 'vpkg list --all' to see what is.");
    }

    private static string Describe(Store.Roots.RootRecord root) =>
        $"{root.Kind}, {root.Objects.Count} packages, last used {root.Used.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(root.Generation.Length > 0 ? $", {root.Generation}" : "")}";
}
