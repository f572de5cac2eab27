using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store;
using Veridian.Store.Repairing;
using Veridian.Store.Roots;
using Veridian.Store.Verifying;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

public sealed class RepairTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestStore _store;
    private readonly StorePath[] _objects;
    private readonly Blake3Digest _environment;

    public RepairTests()
    {
        _store = new TestStore(_folder);
        _objects = [.. _store.Publish("a", "b")];
        _environment = _store.PublishEnvironment(_objects);
        _store.Folder.Roots.Write(new RootRecord { Id = "r", Kind = "manual", Objects = _objects, Environments = [_environment] });
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_damaged_file_is_mended_under_all_its_names_once_it_is_staged_again()
    {
        TestStore.Overwrite(ObjectFile(0, "usr/share/doc/a/copyright"), "Everyone may use IT!\n");
        var findings = Verify();
        Assert.Equal(5, findings.Count);

        var repair = new StoreRepair(_store.Folder);
        var needs = repair.Prepare(findings);
        Assert.Contains(_objects[0], needs.Objects);
        Assert.Empty(needs.Environments);
        using var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        StageAgain(transaction, "a");
        Assert.Empty(repair.Mend(findings, CancellationToken.None));
        Assert.Empty(Verify());
    }

    [Fact]
    public void A_mode_that_was_mended_is_durable_when_the_repair_is_done()
    {
        File.SetUnixFileMode(ObjectFile(0, "usr/share/doc/a/copyright"), (UnixFileMode)0x1A4);
        var findings = Verify();
        var files = new FaultyStoreFiles();
        using var store = StoreFolder.Open(_store.Folder.Path, files, TimeProvider.System);
        var repair = new StoreRepair(store);
        repair.Prepare(findings);

        Assert.Empty(repair.Mend(findings, CancellationToken.None));

        Assert.Contains("sync file system", files.Log[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_blobs_still_have_needs_no_network()
    {
        var file = ObjectFile(0, "usr/bin/a");
        using (var bin = DirectoryHandle.Open(Path.GetDirectoryName(file)!))
        {
            Durable.SetMode(bin, ".", 0x1ED);
            Durable.Remove(bin, "a", isDirectory: false);
            Durable.Remove(bin, "a-link", isDirectory: false);
            File.WriteAllText(bin.PathOf("extra"), "");
            Durable.MakeDirectory(bin, "a-link");
        }

        var findings = Verify();
        var repair = new StoreRepair(_store.Folder);
        Assert.Empty(repair.Prepare(findings).Objects);
        Assert.Empty(repair.Mend(findings, CancellationToken.None));
        Assert.Empty(Verify());
        Assert.Equal("#!/bin/sh\necho a 1.0\n", File.ReadAllText(file));
    }

    [Fact]
    public void A_tree_that_a_root_names_and_that_is_gone_is_found_and_comes_back()
    {
        using (var objects = DirectoryHandle.Open(_store.PathOf("objects")))
        {
            Durable.SetMode(objects, _objects[1].Text, 0x1ED);
            Durable.Rename(objects, _objects[1].Text, objects, "../trash/x", RenameMode.Replace);
        }

        File.Delete(_store.PathOf("manifests/" + _objects[1].Text));
        var findings = Verify();
        Assert.Contains(findings, f => f.Owner == _objects[1].Text);

        var repair = new StoreRepair(_store.Folder);
        Assert.Equal([_objects[1]], repair.Prepare(findings).Objects);
        using var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        StageAgain(transaction, "b");
        Assert.Empty(repair.Mend(findings, CancellationToken.None));
        Assert.Empty(Verify());
    }

    [Fact]
    public void A_damaged_manifest_and_a_whole_missing_folder_are_mended()
    {
        TestStore.Overwrite(_store.PathOf("manifests/" + _objects[0].Text), "veridian-manifest 1 object\n");
        var root = _store.Folder.FolderOf(_objects[1]);
        using (var folder = DirectoryHandle.Open(root))
        {
            Durable.SetMode(folder, ".", 0x1ED);
            Durable.SetMode(folder, "usr", 0x1ED);
            Durable.Rename(folder, "usr", folder, "else", RenameMode.Replace);
        }

        var findings = Verify();
        var repair = new StoreRepair(_store.Folder);
        Assert.Equal([_objects[0]], repair.Prepare(findings).Objects);
        using var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None);
        StageAgain(transaction, "a");
        Assert.Empty(repair.Mend(findings, CancellationToken.None));
        Assert.Empty(Verify());
    }

    [Fact]
    public void A_lost_file_of_an_environments_own_says_that_it_must_be_built_again()
    {
        TestStore.Overwrite(_store.Folder.FolderOfEnvironment(_environment) + "/etc/own", "lost");

        Assert.Equal([_environment], new StoreRepair(_store.Folder).Prepare(Verify()).Environments);
    }

    private IReadOnlyList<Finding> Verify() => new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None);

    private string ObjectFile(int index, string path) => _store.Folder.FolderOf(_objects[index]) + "/" + path;

    private static void StageAgain(Veridian.Store.Transactions.StoreTransaction transaction, string name)
    {
        TestStore.StageSample(transaction, name, again: true);
        transaction.Publish(CancellationToken.None);
    }
}
