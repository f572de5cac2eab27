using Veridian.Core.Paths;
using Veridian.Posix;
using Veridian.Store.Verifying;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

public sealed class VerifyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestStore _store;
    private readonly StorePath _path;
    private readonly string _root;

    public VerifyTests()
    {
        _store = new TestStore(_folder);
        _path = _store.Publish("jq")[0];
        _root = _store.Folder.FolderOf(_path);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_changed_byte_is_found_in_object_environment_and_blob()
    {
        var id = _store.PublishEnvironment([_path]);
        TestStore.Overwrite(_root + "/usr/share/doc/jq/copyright", "Everyone may use IT!\n");

        var findings = new StoreVerifier(_store.Folder).VerifyAll(CancellationToken.None);

        Assert.Equal(3, findings.Count);
        Assert.All(findings, f => Assert.Equal(FindingKind.Changed, f.Kind));
        Assert.Contains(findings, f => f.Owner == _path.Text && f.Path == "usr/share/doc/jq/copyright");
        Assert.Contains(findings, f => f.Owner == id.ToString());
    }

    [Theory]
    [InlineData(FindingKind.Changed)]
    [InlineData(FindingKind.Missing)]
    [InlineData(FindingKind.Extra)]
    [InlineData(FindingKind.WrongMode)]
    [InlineData(FindingKind.WrongType)]
    [InlineData(FindingKind.WrongTarget)]
    [InlineData(FindingKind.BadDescription)]
    public void Every_kind_of_damage_is_found(FindingKind kind)
    {
        using var bin = Opened("usr/bin");
        using var doc = Opened("usr/share/doc/jq");
        switch (kind)
        {
            case FindingKind.Changed: TestStore.Overwrite(_root + "/usr/share/doc/jq/copyright", "longer or shorter"); break;
            case FindingKind.Missing: Durable.Remove(doc, "empty", isDirectory: false); break;
            case FindingKind.Extra: File.WriteAllText(doc.PathOf("more"), ""); break;
            case FindingKind.WrongMode: Durable.SetMode(bin, "jq", 0x1ED); break;
            case FindingKind.WrongType:
                Durable.Remove(doc, "empty", isDirectory: false);
                Durable.MakeDirectory(doc, "empty");
                break;
            case FindingKind.WrongTarget:
                Durable.SwapSymbolicLink(bin, "jq-link", "elsewhere");
                break;
            default: TestStore.Overwrite(_store.PathOf("control/" + _path.Text), "veridian-control 1\n"); break;
        }

        Durable.SetMode(bin, ".", 0x16D);
        Durable.SetMode(doc, ".", 0x16D);
        var finding = Assert.Single(new StoreVerifier(_store.Folder).VerifyObject(_path, CancellationToken.None));
        Assert.Equal(kind, finding.Kind);
    }

    [Fact]
    public void A_missing_tree_and_a_damaged_manifest_are_found()
    {
        var manifest = _store.PathOf("manifests/" + _path.Text);
        TestStore.Overwrite(manifest, File.ReadAllText(manifest).Replace("tester", "nobody", StringComparison.Ordinal));
        var finding = Assert.Single(new StoreVerifier(_store.Folder).VerifyObject(_path, CancellationToken.None));
        Assert.Equal(FindingKind.BadDescription, finding.Kind);

        var other = _store.Publish("yq")[0];
        using (var objects = DirectoryHandle.Open(_store.PathOf("objects")))
        {
            Durable.SetMode(objects, other.Text, 0x1ED);
            Durable.Rename(objects, other.Text, objects, "away", RenameMode.Replace);
        }

        finding = Assert.Single(new StoreVerifier(_store.Folder).VerifyObject(other, CancellationToken.None));
        Assert.Equal(FindingKind.Missing, finding.Kind);
    }

    /// <summary>Seeded random damage: whatever byte, bit, name or mode is hit, verify sees it.</summary>
    [Fact]
    public void Two_hundred_random_mutations_are_all_found()
    {
        var random = new Random(20261120);
        var clean = new StoreVerifier(_store.Folder).VerifyObject(_path, CancellationToken.None);
        Assert.Empty(clean);
        string[] files = ["usr/bin/jq", "usr/share/doc/jq/copyright"];
        for (var i = 0; i < 200; i++)
        {
            var place = _root + "/" + files[random.Next(files.Length)];
            var before = File.ReadAllBytes(place);
            var after = (byte[])before.Clone();
            after[random.Next(after.Length)] ^= (byte)(1 << random.Next(8));
            Write(place, random.Next(4) == 0 ? after[..random.Next(after.Length)] : after);
            Assert.True(new StoreVerifier(_store.Folder).VerifyObject(_path, CancellationToken.None).Count > 0, $"mutation {i} of {place}");
            Write(place, before);
        }

        Assert.Empty(new StoreVerifier(_store.Folder).VerifyObject(_path, CancellationToken.None));
    }

    private static void Write(string path, byte[] bytes)
    {
        using var folder = DirectoryHandle.Open(Path.GetDirectoryName(path)!);
        var mode = Entries.Status(folder, Path.GetFileName(path))!.Value.Mode;
        Durable.SetMode(folder, Path.GetFileName(path), 0x1A4);
        File.WriteAllBytes(path, bytes);
        Durable.SetMode(folder, Path.GetFileName(path), mode);
    }

    private DirectoryHandle Opened(string path)
    {
        var folder = DirectoryHandle.Open(_root + "/" + path);
        Durable.SetMode(folder, ".", 0x1ED);
        return folder;
    }
}
