using Veridian.Core.Errors;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Manifests;
using Veridian.Store.Verifying;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

public sealed class PublishTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestStore _store;

    public PublishTests() => _store = new TestStore(_folder);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_published_object_is_there_complete_and_clean()
    {
        var path = Assert.Single(_store.Publish("jq"));

        Assert.True(_store.Folder.Exists(path));
        Assert.Equal("#!/bin/sh\necho jq 1.0\n", File.ReadAllText(_store.Folder.FolderOf(path) + "/usr/bin/jq"));
        Assert.Equal("jq", new FileInfo(_store.Folder.FolderOf(path) + "/usr/bin/jq-link").LinkTarget);
        Assert.Equal("#!/bin/sh\n"u8.ToArray(), _store.Folder.ReadControl(path).Find("postinst")!.Value.ToArray());
        Assert.Equal("tester", _store.Folder.ReadManifest(path).Origin.Signer);
        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.PathOf("staging")));
    }

    [Fact]
    public void Nothing_is_visible_before_publish()
    {
        using var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        var staged = TestStore.StageSample(transaction, "jq");

        Assert.False(staged.AlreadyThere);
        Assert.False(_store.Folder.Exists(staged.Path));
        Assert.Empty(_store.Folder.ListObjects());
    }

    [Fact]
    public void Modes_and_times_are_those_of_the_store()
    {
        var root = _store.Folder.FolderOf(_store.Publish("jq")[0]);

        using var folder = DirectoryHandle.Open(root);
        Assert.Equal(0x16D, Entries.Status(folder, ".")!.Value.Mode);
        Assert.Equal(0x16D, Entries.Status(folder, "usr/bin")!.Value.Mode);
        Assert.Equal(0x16D, Entries.Status(folder, "usr/bin/jq")!.Value.Mode);
        Assert.Equal(0x124, Entries.Status(folder, "usr/share/doc/jq/copyright")!.Value.Mode);
        foreach (var name in new[] { ".", "usr", "usr/bin", "usr/bin/jq", "usr/bin/jq-link", "usr/share/doc/jq/empty" })
        {
            Assert.Equal(FixedTime.UnixSeconds, Entries.Status(folder, name)!.Value.Modified);
        }
    }

    [Fact]
    public void The_same_object_from_another_mirror_has_the_same_path_and_is_dropped()
    {
        var first = _store.Publish("jq")[0];
        using var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        var again = TestStore.StageSample(transaction, "jq");
        transaction.Publish(CancellationToken.None);

        Assert.Equal(first, again.Path);
        Assert.True(again.AlreadyThere);
        Assert.Single(_store.Folder.ListObjects());
    }

    [Fact]
    public void Equal_contents_are_one_file_within_and_across_transactions()
    {
        var paths = _store.Publish("a", "b");
        paths = [.. paths, .. _store.Publish("c")];

        var inodes = paths.Select((p, i) =>
        {
            using var folder = DirectoryHandle.Open(_store.Folder.FolderOf(p));
            return Entries.Status(folder, $"usr/share/doc/{"abc"[i]}/copyright")!.Value.Inode;
        });
        Assert.Single(inodes.Distinct());
    }

    [Fact]
    public void Files_and_links_of_an_environment_are_those_of_its_objects()
    {
        var path = Assert.Single(_store.Publish("a"));
        var id = _store.PublishEnvironment([path]);

        using var inObject = DirectoryHandle.Open(_store.Folder.FolderOf(path));
        using var inTree = DirectoryHandle.Open(_store.Folder.FolderOfEnvironment(id));
        foreach (var name in new[] { "usr/bin/a", "usr/bin/a-link" })
        {
            Assert.Equal(Entries.Status(inObject, name)!.Value.Inode, Entries.Status(inTree, name)!.Value.Inode);
        }
    }

    [Fact]
    public void A_link_that_an_object_has_lost_is_made_anew()
    {
        var path = Assert.Single(_store.Publish("a"));
        using (var folder = DirectoryHandle.Open(_store.Folder.FolderOf(path)))
        {
            Durable.SetMode(folder, "usr/bin", 0x1ED);
        }

        File.Delete(Path.Combine(_store.Folder.FolderOf(path), "usr/bin/a-link"));
        var id = _store.PublishEnvironment([path]);

        Assert.Equal("a", File.ResolveLinkTarget(Path.Combine(_store.Folder.FolderOfEnvironment(id), "usr/bin/a-link"), returnFinalTarget: false)?.Name);
    }

    [Fact]
    public void Large_equal_contents_are_one_file_too()
    {
        var bytes = new byte[1 << 20];
        new Random(7).NextBytes(bytes);
        using (var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            foreach (var name in new[] { "a", "b" })
            {
                using var writer = transaction.Stage(name, "1", "all");
                writer.File(RelativePath.Of("big"), executable: false, bytes.Length, new MemoryStream(bytes));
                writer.HardLink(RelativePath.Of("also"), RelativePath.Of("big"));
                writer.Complete(ControlData.Empty, Origin.Unknown);
            }

            transaction.Publish(CancellationToken.None);
        }

        using var objects = DirectoryHandle.Open(_store.PathOf("objects"));
        var status = Entries.List(objects).Select(o => Entries.Status(objects, o.Name + "/big")!.Value).ToList();
        Assert.Equal(status[0].Inode, status[1].Inode);
        Assert.Equal(5, status[0].Links);
        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
    }

    [Fact]
    public void The_same_content_with_another_mode_is_another_file()
    {
        using (var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            using var writer = transaction.Stage("a", "1", "all");
            TestStore.AddFile(writer, "plain", "same");
            TestStore.AddFile(writer, "program", "same", executable: true);
            writer.Complete(ControlData.Empty, Origin.Unknown);
            transaction.Publish(CancellationToken.None);
        }

        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
    }

    [Fact]
    public void An_environment_shares_its_files_with_its_objects()
    {
        var objects = _store.Publish("a", "b");
        var id = _store.PublishEnvironment(objects);

        using var environment = DirectoryHandle.Open(_store.Folder.FolderOfEnvironment(id));
        using var first = DirectoryHandle.Open(_store.Folder.FolderOf(objects[0]));
        Assert.Equal(Entries.Status(first, "usr/bin/a")!.Value.Inode, Entries.Status(environment, "usr/bin/a")!.Value.Inode);
        Assert.Equal(objects, _store.Folder.ReadEnvironmentManifest(id).Objects);
        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
    }

    [Fact]
    public void Many_writers_of_one_transaction_work_at_once()
    {
        using (var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            Parallel.For(0, 40, i => TestStore.StageSample(transaction, "p" + i));
            transaction.Publish(CancellationToken.None);
        }

        Assert.Equal(40, _store.Folder.ListObjects().Count);
        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
    }

    [Fact]
    public void Transactions_of_several_stores_handles_publish_the_same_object_at_once()
    {
        Parallel.For(0, 8, _ =>
        {
            using var own = new TestStore(_folder);
            own.Publish("jq", "yq");
        });

        Assert.Equal(2, _store.Folder.ListObjects().Count);
        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
    }

    [Theory]
    [InlineData("through a link")]
    [InlineData("twice")]
    [InlineData("file as parent")]
    [InlineData("hard link to nothing")]
    [InlineData("hard link to a directory")]
    [InlineData("empty target")]
    [InlineData("short content")]
    [InlineData("short large content")]
    [InlineData("too deep")]
    public void A_hostile_tree_is_refused_and_leaves_nothing(string kind)
    {
        using (var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            using var writer = transaction.Stage("bad", "1", "all");
            writer.SymbolicLink(RelativePath.Of("etc"), "/etc");
            TestStore.AddFile(writer, "file", "x");
            writer.Directory(RelativePath.Of("dir"));
            Assert.Throws<UntrustedException>(() =>
            {
                switch (kind)
                {
                    case "through a link": TestStore.AddFile(writer, "etc/evil", "x"); break;
                    case "twice": TestStore.AddFile(writer, "file", "y"); break;
                    case "file as parent": TestStore.AddFile(writer, "file/below", "y"); break;
                    case "hard link to nothing": writer.HardLink(RelativePath.Of("h"), RelativePath.Of("nothing")); break;
                    case "hard link to a directory": writer.HardLink(RelativePath.Of("h"), RelativePath.Of("dir")); break;
                    case "empty target": writer.SymbolicLink(RelativePath.Of("s"), ""); break;
                    case "short content": writer.File(RelativePath.Of("s"), false, 5, new MemoryStream([1, 2])); break;
                    case "short large content": writer.File(RelativePath.Of("s"), false, 1 << 20, new MemoryStream([1, 2])); break;
                    default: writer.Directory(RelativePath.Of(string.Join('/', Enumerable.Repeat("d", 200)))); break;
                }
            });
        }

        Assert.False(File.Exists("/etc/evil"));
        Assert.Empty(_store.Folder.ListObjects());
        Assert.Empty(Directory.EnumerateFileSystemEntries(_store.PathOf("staging")));
    }

    [Fact]
    public void A_blob_that_was_written_to_does_not_spread()
    {
        var first = _store.Publish("a")[0];
        var victim = _store.Folder.FolderOf(first) + "/usr/share/doc/a/copyright";
        TestStore.Overwrite(victim, "Everyone may use IT!\n");
        var second = _store.Publish("b")[0];

        Assert.Empty(new StoreVerifier(_store.Folder).VerifyObject(second, CancellationToken.None));
        Assert.NotEmpty(new StoreVerifier(_store.Folder).VerifyObject(first, CancellationToken.None));
    }

    [Fact]
    public void Names_that_are_hard_to_write_survive()
    {
        using (var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            using var writer = transaction.Stage("odd", "1:2~rc1+x", "all");
            TestStore.AddFile(writer, "a\nb\tc\\d", "x");
            TestStore.AddFile(writer, "ünï/\U0001F600", "y");
            writer.SymbolicLink(RelativePath.Of("link"), "a\nb");
            writer.Complete(ControlData.Empty, Origin.Unknown);
            transaction.Publish(CancellationToken.None);
        }

        var manifest = _store.Folder.ReadManifest(_store.Folder.ListObjects()[0]);
        Assert.Contains(manifest.Entries, e => e.Path.Text == "a\nb\tc\\d");
        Assert.Empty(new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None));
    }

    [Fact]
    public void A_folder_with_other_things_does_not_become_a_store()
    {
        File.WriteAllText(_folder.PathOf("note"), "mine");

        Assert.Throws<InvalidInputException>(() => Veridian.Store.StoreFolder.OpenOrCreate(_folder.Path, new UnsyncedStoreFiles(), TimeProvider.System));
    }

    [Fact]
    public void A_store_of_another_format_is_refused()
    {
        File.WriteAllText(_store.PathOf("format"), "veridian-store 2\n");

        var error = Assert.Throws<StoreDamagedException>(() => new TestStore(_folder));
        Assert.Equal(ErrorCodes.StoreFormatUnknown, error.Code);
    }
}
