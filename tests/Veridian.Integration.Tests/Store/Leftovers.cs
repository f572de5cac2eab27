using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

/// <summary>What must not be in a store at rest: things in the making, things half deleted, descriptions of nothing, contents of nothing.</summary>
internal static class Leftovers
{
    public static void AssertNone(TestStore store)
    {
        string[] found =
        [
            .. Directory.EnumerateFileSystemEntries(store.PathOf("staging")),
            .. Directory.EnumerateFileSystemEntries(store.PathOf("trash")),
            .. Directory.EnumerateFileSystemEntries(store.PathOf("roots"), ".new-*"),
        ];
        Assert.True(found.Length == 0, string.Join('\n', found));

        var trees = Names(store, "objects").Concat(Names(store, "environments")).Order().ToList();
        Assert.Equal(trees, Names(store, "manifests").Order());
        Assert.Equal(Names(store, "objects").Order(), Names(store, "control").Order());
    }

    private static IEnumerable<string> Names(TestStore store, string folder) =>
        Directory.EnumerateFileSystemEntries(store.PathOf(folder)).Select(p => Path.GetFileName(p)!);
}
