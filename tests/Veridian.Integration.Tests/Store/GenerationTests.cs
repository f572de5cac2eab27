using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Posix;
using Veridian.Store.Generations;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Store;

public sealed class GenerationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestStore _store;
    private readonly ProjectFiles _project;
    private readonly GenerationFolder _generations;

    public GenerationTests()
    {
        _store = new TestStore(_folder);
        Directory.CreateDirectory(_folder.PathOf("project"));
        _project = new ProjectFiles(_folder.PathOf("project/vpkg.toml"), _folder.PathOf("project/vpkg.lock"));
        _generations = Open();
    }

    public void Dispose()
    {
        _generations.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Publishing_writes_the_project_files_and_becomes_current()
    {
        Assert.Null(GenerationFolder.ReadCurrent(_generations.Path));
        Assert.Null(GenerationFolder.ReadCurrent(_folder.PathOf("nowhere")));

        var record = Publish("one");

        Assert.Equal(1, record.Number);
        Assert.Equivalent(record, GenerationFolder.ReadCurrent(_generations.Path), strict: true);
        Assert.Equal("profile one", File.ReadAllText(_project.Profile));
        Assert.Equal("lock one", File.ReadAllText(_project.Lock));
        Assert.Equal("included", File.ReadAllText(_generations.FolderOf(1) + "/includes/0"));
        Assert.Equal("p-1", Assert.Single(_store.Folder.Roots.List()).Id);
    }

    [Fact]
    public void An_environment_that_borrows_keeps_its_lender_alive_and_says_so_in_its_record()
    {
        var lender = Blake3.Hash("lender"u8);

        var record = _generations.Publish(Draft("one") with { Lenders = [lender] }, _project, TestStore.Wait, CancellationToken.None);

        Assert.Equal([record.Environment, lender], Assert.Single(_store.Folder.Roots.List()).Environments);
        Assert.Equal([lender], GenerationFolder.ReadCurrent(_generations.Path)!.Lenders);
    }

    [Fact]
    public void Going_back_with_the_environment_alone_leaves_profile_and_lock()
    {
        Publish("one");
        Publish("two");

        _generations.Switch(1, _project, keepFiles: true, force: false, TestStore.Wait, CancellationToken.None);

        Assert.Equal(1, _generations.Current()!.Number);
        Assert.Equal("profile two", File.ReadAllText(_project.Profile));
        Assert.Equal("lock two", File.ReadAllText(_project.Lock));
    }

    [Fact]
    public void A_glance_at_a_record_tells_what_the_record_tells()
    {
        var record = Publish("one\nenvironment is part of this command");
        var bytes = File.ReadAllBytes(_generations.FolderOf(1) + "/record");

        Assert.Equal(new GenerationGlance(1, record.Environment.ToString(), HasIncludes: true), GenerationGlance.Take(bytes));
        Assert.Null(GenerationGlance.Take(bytes.AsSpan(1)));
        Assert.Null(GenerationGlance.Take(bytes.AsSpan(0, 60)));
    }

    [Theory]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2024-02-29T24:00:00Z")]
    [InlineData("2024-02-29 00:00:00Z")]
    [InlineData("2024-02-29T00:00:0 Z")]
    public void A_record_with_a_time_that_does_not_exist_is_damaged(string time)
    {
        Publish("one");
        var path = _generations.FolderOf(1) + "/record";
        var lines = File.ReadAllLines(path);
        lines[2] = "time " + time;
        File.Delete(path);
        File.WriteAllLines(path, lines);

        Assert.Throws<StoreDamagedException>(() => _generations.Current());
    }

    [Fact]
    public void Switching_back_puts_the_old_files_in_place()
    {
        Publish("one");
        Publish("two");

        _generations.Switch(1, _project, keepFiles: false, force: false, TestStore.Wait, CancellationToken.None);

        Assert.Equal(1, _generations.Current()!.Number);
        Assert.Equal("profile one", File.ReadAllText(_project.Profile));
        Assert.Equal("lock one", File.ReadAllText(_project.Lock));
        Assert.Equal(3, Publish("three").Number);
        Assert.Equal([1, 2, 3], _generations.List().Select(g => g.Number));
    }

    [Fact]
    public void Edits_that_no_generation_holds_are_protected()
    {
        Publish("one");
        Publish("two");
        File.WriteAllText(_project.Profile, "precious");

        var error = Assert.Throws<InvalidInputException>(
            () => _generations.Switch(1, _project, keepFiles: false, force: false, TestStore.Wait, CancellationToken.None));
        Assert.Equal(ErrorCodes.UncommittedEdits, error.Code);
        Assert.Equal("precious", File.ReadAllText(_project.Profile));

        _generations.Switch(1, _project, keepFiles: false, force: true, TestStore.Wait, CancellationToken.None);
        Assert.Equal("profile one", File.ReadAllText(_project.Profile));
        Assert.Equal("precious", File.ReadAllText(_project.Profile + ".saved-1"));
    }

    [Fact]
    public void Numbers_are_never_used_twice()
    {
        Publish("one");
        Publish("two");
        _generations.Switch(1, _project, keepFiles: false, force: false, TestStore.Wait, CancellationToken.None);
        _generations.Delete(2, TestStore.Wait, CancellationToken.None);

        Assert.Equal(3, Publish("three").Number);
        Assert.Equal(["p-1", "p-3"], _store.Folder.Roots.List().Select(r => r.Id));
    }

    [Fact]
    public void The_current_and_a_pinned_generation_cannot_be_deleted()
    {
        Publish("one");
        Publish("two");
        _generations.Pin(1, pinned: true, TestStore.Wait, CancellationToken.None);

        Assert.True(_generations.Find(1)!.Pinned);
        Assert.Throws<InvalidInputException>(() => _generations.Delete(1, TestStore.Wait, CancellationToken.None));
        Assert.Throws<InvalidInputException>(() => _generations.Delete(2, TestStore.Wait, CancellationToken.None));
        _generations.Pin(1, pinned: false, TestStore.Wait, CancellationToken.None);
        _generations.Delete(1, TestStore.Wait, CancellationToken.None);
        Assert.Equal(2, Assert.Single(_generations.List()).Number);
    }

    [Fact]
    public void What_another_command_forgot_pinned_or_made_current_is_left_alone()
    {
        Publish("one");
        Publish("two");
        Publish("three");
        _generations.Pin(1, pinned: true, TestStore.Wait, CancellationToken.None);

        Assert.False(_generations.DeleteIfUnneeded(1, TestStore.Wait, CancellationToken.None));
        Assert.True(_generations.DeleteIfUnneeded(2, TestStore.Wait, CancellationToken.None));
        Assert.False(_generations.DeleteIfUnneeded(2, TestStore.Wait, CancellationToken.None));
        Assert.False(_generations.DeleteIfUnneeded(3, TestStore.Wait, CancellationToken.None));
        Assert.Equal([1, 3], _generations.List().Select(record => record.Number));
    }

    [Fact]
    public void A_profile_that_is_a_symbolic_link_stays_one()
    {
        File.WriteAllText(_folder.PathOf("dotfile"), "old");
        File.CreateSymbolicLink(_project.Profile, _folder.PathOf("dotfile"));

        Publish("one");

        Assert.Equal("profile one", File.ReadAllText(_folder.PathOf("dotfile")));
        Assert.NotNull(new FileInfo(_project.Profile).LinkTarget);
    }

    [Fact]
    public void A_busy_project_is_said_to_be_busy()
    {
        using var other = FileLock.Try(_generations.Path + "/lock", exclusive: true);

        var error = Assert.Throws<BusyException>(() => _generations.Recover(_project, TimeSpan.Zero, CancellationToken.None));
        Assert.Equal(ErrorCodes.ProfileBusy, error.Code);
        Assert.Throws<BusyException>(() => _generations.Pin(1, pinned: true, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public void A_current_link_without_its_generation_is_damage_that_a_switch_mends()
    {
        Publish("one");
        Publish("two");
        Directory.Delete(_generations.FolderOf(2), recursive: true);

        Assert.Throws<StoreDamagedException>(() => GenerationFolder.ReadCurrent(_generations.Path));
        _generations.Switch(1, _project, keepFiles: false, force: true, TestStore.Wait, CancellationToken.None);
        Assert.Equal(1, _generations.Current()!.Number);
    }

    [Fact]
    public void Many_processes_publishing_at_once_get_numbers_of_their_own()
    {
        var numbers = new System.Collections.Concurrent.ConcurrentBag<int>();
        Parallel.For(0, 12, i =>
        {
            using var own = Open();
            numbers.Add(own.Publish(Draft("n" + i), _project, TestStore.Wait, CancellationToken.None).Number);
        });

        Assert.Equal(Enumerable.Range(1, 12), numbers.Order());
        Assert.Equal("profile" + File.ReadAllText(_project.Lock)[4..], File.ReadAllText(_project.Profile));
    }

    private GenerationFolder Open() => GenerationFolder.Open(_folder.PathOf("state/p"), _store.Folder.Roots, new UnsyncedStoreFiles(), TimeProvider.System);

    private GenerationRecord Publish(string what) => _generations.Publish(Draft(what), _project, TestStore.Wait, CancellationToken.None);

    private static GenerationDraft Draft(string what) => new()
    {
        Command = "vpkg install " + what,
        Environment = Blake3.Hash(Encoding.UTF8.GetBytes(what)),
        Closure = [],
        Profile = Encoding.UTF8.GetBytes("profile " + what),
        Lock = Encoding.UTF8.GetBytes("lock " + what),
        Includes = [new IncludedFile("base.toml", "included"u8.ToArray())],
    };
}
