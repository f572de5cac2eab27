using Veridian.Engine.Maintaining;
using Veridian.Store;
using Veridian.Store.Database;
using Veridian.Store.Generations;
using Veridian.Testing;

namespace Veridian.Faults.Scenes;

/// <summary>What must hold of a place whatever befell it.</summary>
internal static class Soundness
{
    /// <summary>Verify is clean, for the store and for the current generation; it changes nothing. Null, or what is wrong.</summary>
    public static string? Look(Site site) => Look(site, site.Project);

    /// <summary>The same for another project at the site.</summary>
    public static string? Look(Site site, string project)
    {
        var applied = GenerationFolder.ReadCurrent(site.StateOf(project)) is not null;
        if (!applied && !File.Exists(Path.Combine(site.Locations.Store, "format")))
        {
            return null; // there is no store yet
        }

        var findings = Verify.Run(site.Workspace, null, wholeStore: true, CancellationToken.None).Findings;
        findings = findings.Count > 0 || !applied ? findings : Verify.Run(site.WorkspaceOf(project), null, wholeStore: false, CancellationToken.None).Findings;
        return findings.Count > 0 ? $"verify finds {findings.Count} differences, first {findings[0]}" : null;
    }

    /// <summary>Nothing half made, half deleted, or needed by no generation. Null, or what is left.</summary>
    public static string? LookForLeftovers(Site site) => LookForLeftovers(site, [site.Project]);

    /// <summary>The same where several projects share the store.</summary>
    public static string? LookForLeftovers(Site site, IReadOnlyList<string> projects)
    {
        var root = Path.GetDirectoryName(site.Locations.Store)!;
        var halves = Directory.EnumerateFileSystemEntries(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(path => path[(root.Length + 1)..])
            .Where(path => !path.StartsWith("store/objects/", StringComparison.Ordinal) && !path.StartsWith("store/environments/", StringComparison.Ordinal))
            .Where(path => IsUnfinished(path) || path.StartsWith("store/staging/", StringComparison.Ordinal) || path.StartsWith("store/trash/", StringComparison.Ordinal))
            .ToList();
        if (halves.Count > 0)
        {
            return $"left over: {string.Join(", ", halves.Take(5))}";
        }

        using var store = StoreFolder.Open(site.Locations.Store, new UnsyncedStoreFiles(), site.Time);
        var needed = projects.SelectMany(project => Generations(site, store, project)).SelectMany(generation => generation.Closure).Select(path => path.Text).Distinct().Order(StringComparer.Ordinal).ToList();
        var trees = Names("objects").Concat(Names("environments")).Order(StringComparer.Ordinal).ToList();
        return !needed.SequenceEqual(Names("objects").Order(StringComparer.Ordinal)) ? $"objects are [{string.Join(' ', Names("objects"))}], needed are [{string.Join(' ', needed)}]"
            : !trees.SequenceEqual(Names("manifests").Order(StringComparer.Ordinal)) ? $"manifests are [{string.Join(' ', Names("manifests"))}], trees are [{string.Join(' ', trees)}]"
            : !Names("objects").Order(StringComparer.Ordinal).SequenceEqual(Names("control").Order(StringComparer.Ordinal)) ? $"control data is [{string.Join(' ', Names("control"))}]"
            : null;

        IEnumerable<string> Names(string folder) => Directory.EnumerateFileSystemEntries(Path.Combine(site.Locations.Store, folder)).Select(path => Path.GetFileName(path)!);
    }

    /// <summary>The database, as a command finds it, is what it is when it is made anew, and lists what is on disk. Null, or what is wrong.</summary>
    public static string? CompareDatabase(Site site)
    {
        using var store = StoreFolder.Open(site.Locations.Store, new UnsyncedStoreFiles(), site.Time);
        List<IndexedObject> found;
        using (var index = store.OpenIndex())
        {
            found = [.. index.All()];
        }

        using var fresh = StoreIndex.RebuildFrom(store);
        var disk = store.ListObjects().Select(path => path.Text).Order(StringComparer.Ordinal);
        return !found.SequenceEqual(fresh.All()) ? "the database is not what it is when it is made anew"
            : !found.Select(entry => entry.Path.Text).Order(StringComparer.Ordinal).SequenceEqual(disk) ? "the database does not list what is on disk"
            : null;
    }

    private static IReadOnlyList<GenerationRecord> Generations(Site site, StoreFolder store, string project)
    {
        using var generations = GenerationFolder.Open(site.StateOf(project), store.Roots, new UnsyncedStoreFiles(), site.Time);
        return [.. generations.List()];
    }

    private static bool IsUnfinished(string path) =>
        Path.GetFileName(path) is var name && (name is "pending" || name.StartsWith(".new-", StringComparison.Ordinal) || name.EndsWith(".new", StringComparison.Ordinal));
}
