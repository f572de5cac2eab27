using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Store.Manifests;
using Veridian.Store.Trees;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

public sealed class LinkingTests : IDisposable
{
    private const int Folders = 300; // enough for all processors to have a part
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Many_directories_filled_at_once_make_the_tree_of_the_object()
    {
        using var store = new TestStore(_folder);
        var (path, entries) = PublishWide(store);
        Assert.Equal(TreeDigest.Of(entries), Link(store, path, entries).Tree);
    }

    [Fact]
    public void Where_linking_is_refused_the_tree_is_the_same()
    {
        using var store = new TestStore(_folder, new UnlinkingStoreFiles());
        var (path, entries) = PublishWide(store);
        Assert.Equal(TreeDigest.Of(entries), Link(store, path, entries).Tree);
    }

    [Theory]
    [InlineData("usr/share/0/text", "usr/share/0/text")]
    [InlineData("usr/share", "usr/share/0/text")]
    [InlineData("usr/share/0/text", "usr/share/0/text/below")]
    public void Two_entries_cannot_have_one_place(string first, string second)
    {
        using var store = new TestStore(_folder);
        var (path, entries) = PublishWide(store);
        var file = entries.First(entry => entry.IsFile);
        using var transaction = store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        using var writer = transaction.StageEnvironment(Blake3.Hash("id"u8), [path]);
        Assert.Equal(ErrorCodes.ArchiveRefused, Assert.Throws<UntrustedException>(
            () => writer.LinkAll([new ObjectLink(RelativePath.Of(first), path, file), new ObjectLink(RelativePath.Of(second), path, file)], CancellationToken.None)).Code);
    }

    [Fact]
    public void A_file_that_is_gone_from_its_object_ends_the_environment()
    {
        using var store = new TestStore(_folder);
        var (path, entries) = PublishWide(store);
        var missing = TreeEntry.File(RelativePath.Of("usr/share/7/none"), executable: false, Blake3.Hash("none"u8), 4);
        Assert.Throws<StoreDamagedException>(() => Link(store, path, [.. entries, missing]));
    }

    public void Dispose() => _folder.Dispose();

    private static (StorePath Path, IReadOnlyList<TreeEntry> Entries) PublishWide(TestStore store)
    {
        using var transaction = store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        using var writer = transaction.Stage("wide", "1", "all");
        for (var i = 0; i < Folders; i++)
        {
            TestStore.AddFile(writer, $"usr/share/{i}/text", $"text {i}\n");
            TestStore.AddFile(writer, $"usr/share/{i}/program", "#!/bin/sh\n", executable: true);
            writer.SymbolicLink(RelativePath.Of($"usr/share/{i}/link"), "text");
        }

        var staged = writer.Complete(ControlData.Empty, Origin.Unknown);
        transaction.Publish(CancellationToken.None);
        return (staged.Path, store.Folder.ReadManifest(staged.Path).Entries);
    }

    private static EnvironmentManifest Link(TestStore store, StorePath path, IReadOnlyList<TreeEntry> entries)
    {
        using var transaction = store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        using var writer = transaction.StageEnvironment(Blake3.Hash("id"u8), [path]);
        writer.LinkAll([.. entries.Where(entry => entry.Kind != TreeEntryKind.Directory).Select(entry => new ObjectLink(entry.Path, path, entry))], CancellationToken.None);
        var manifest = writer.Complete();
        transaction.Publish(CancellationToken.None);
        return manifest;
    }
}
