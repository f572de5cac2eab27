using System.Diagnostics;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

public sealed class IndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestStore _store;

    public IndexTests() => _store = new TestStore(_folder);

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void It_answers_by_name()
    {
        _store.Publish("a", "b");
        using (var transaction = _store.Folder.Begin(TestStore.Wait, CancellationToken.None))
        {
            TestStore.StageSample(transaction, "a", "2.0");
            transaction.Publish(CancellationToken.None);
        }

        using var index = _store.Folder.OpenIndex();
        Assert.Equal(["1.0", "2.0"], index.Find("a").Select(o => o.Version));
        Assert.Empty(index.Find("c"));
        Assert.Equal(3, index.All().Count);
        Assert.Equal(3, index.All()[0].Files);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("truncated")]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("page overwritten")]
    [InlineData("newer")]
    [InlineData("other table")]
    [InlineData("rows changed")]
    [InlineData("write-ahead log deleted")]
    [InlineData("a folder in its place")]
    public void Whatever_happens_to_the_file_the_rebuilt_index_equals_the_original(string damage)
    {
        _store.Publish([.. Enumerable.Range(0, 30).Select(i => "package-" + i)]);
        string before;
        using (var index = _store.Folder.OpenIndex())
        {
            before = string.Join('\n', index.All());
        }

        Damage(damage, _store.PathOf("index.sqlite"));
        using (var index = _store.Folder.OpenIndex())
        {
            Assert.Equal(before, string.Join('\n', index.All()));
        }

        Assert.True(File.Exists(_store.PathOf("index.sqlite")));
        Assert.Equal(30, before.Split('\n').Length);
    }

    [Fact]
    public void It_follows_what_appears_and_vanishes_behind_its_back()
    {
        _store.Publish("a");
        _store.Folder.OpenIndex().Dispose();
        _store.Publish("b");
        using (var index = _store.Folder.OpenIndex())
        {
            Assert.Equal(["a", "b"], index.All().Select(o => o.Name));
        }

        new Veridian.Store.Collecting.GarbageCollector(_store.Folder, () => []).Run(TestStore.Wait, CancellationToken.None);
        using (var index = _store.Folder.OpenIndex())
        {
            Assert.Empty(index.All());
        }
    }

    private static void Damage(string kind, string path)
    {
        switch (kind)
        {
            case "deleted": File.Delete(path); break;
            case "empty": File.WriteAllBytes(path, []); break;
            case "truncated": File.WriteAllBytes(path, File.ReadAllBytes(path)[..5000]); break;
            case "garbage": File.WriteAllText(path, string.Concat(Enumerable.Repeat("no database at all ", 1000))); break;
            case "page overwritten":
                var bytes = File.ReadAllBytes(path);
                bytes.AsSpan(4096, 4096).Fill(0xA5);
                File.WriteAllBytes(path, bytes);
                break;
            case "newer": Sql(path, "PRAGMA user_version = 99"); break;
            case "rows changed": Sql(path, "UPDATE objects SET version = '9' WHERE name = 'package-3'; UPDATE objects SET bytes = bytes + 1 WHERE name = 'package-4'; DELETE FROM objects WHERE name = 'package-5'"); break;
            case "a folder in its place":
                File.Delete(path);
                Directory.CreateDirectory(Path.Combine(path, "something"));
                break;
            case "other table": Sql(path, "DROP TABLE objects; CREATE TABLE objects (other TEXT)"); break;
            default:
                File.Delete(path + "-wal");
                File.Delete(path + "-shm");
                break;
        }
    }

    private static void Sql(string path, string sql)
    {
        using var process = Process.Start(new ProcessStartInfo("sqlite3", [path, sql]))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
