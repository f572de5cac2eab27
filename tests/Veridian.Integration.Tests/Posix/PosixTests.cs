using System.Diagnostics;
using Veridian.Core.Errors;
using Veridian.Posix;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Posix;

public sealed class PosixTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DirectoryHandle _handle;

    public PosixTests() => _handle = DirectoryHandle.Open(_folder.Path);

    public void Dispose()
    {
        _handle.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_folder_that_was_removed_after_it_had_been_opened_has_nothing_in_it()
    {
        Durable.MakeDirectory(_handle, "gone");
        using var gone = _handle.OpenFolder("gone");
        Durable.Remove(_handle, "gone", isDirectory: true);

        Assert.Empty(Entries.List(gone));
    }

    [Fact]
    public void A_file_is_written_sealed_and_synced()
    {
        using (var file = Durable.Create(_handle, "f"))
        {
            Durable.Write(file, "hello"u8);
            Durable.Seal(file, 0x124);
            Durable.Sync(file);
        }

        Durable.SyncDirectory(_handle);
        Durable.SyncFileSystem(_handle);
        Assert.Equal(new EntryStatus(EntryType.File, 0x124, 5, 1, Entries.Status(_handle, "f")!.Value.Inode, FixedTime.UnixSeconds, 0), Entries.Status(_handle, "f"));
        Assert.Equal("hello", File.ReadAllText(_folder.PathOf("f")));
    }

    [Fact]
    public void No_symbolic_link_is_followed_below_a_directory()
    {
        using var outside = new TemporaryFolder();
        File.CreateSymbolicLink(_folder.PathOf("link"), outside.Path);
        File.WriteAllText(outside.PathOf("secret"), "x");
        File.CreateSymbolicLink(_folder.PathOf("file"), outside.PathOf("secret"));

        Assert.Throws<StorageException>(() => Durable.Create(_handle, "link/new"));
        Assert.Throws<StorageException>(() => _handle.TryOpenBeneath("link"));
        Assert.Throws<StorageException>(() => Entries.TryOpenFile(_handle, "file"));
        Assert.Throws<StorageException>(() => Durable.Create(_handle, "../new"));
        Assert.Equal(["secret"], Directory.EnumerateFileSystemEntries(outside.Path).Select(p => Path.GetFileName(p)));
    }

    [Fact]
    public void Rename_keeps_exchanges_or_replaces()
    {
        File.WriteAllText(_folder.PathOf("a"), "a");
        File.WriteAllText(_folder.PathOf("b"), "b");

        Assert.False(Durable.Rename(_handle, "a", _handle, "b", RenameMode.KeepExisting));
        Assert.True(Durable.Rename(_handle, "a", _handle, "b", RenameMode.Exchange));
        Assert.Equal("b", File.ReadAllText(_folder.PathOf("a")));
        Assert.True(Durable.Rename(_handle, "a", _handle, "b", RenameMode.Replace));
        Assert.Equal("b", File.ReadAllText(_folder.PathOf("b")));
        Assert.Throws<StorageException>(() => Durable.Rename(_handle, "none", _handle, "b", RenameMode.Replace));
    }

    [Fact]
    public void Links_report_what_stood_in_the_way()
    {
        File.WriteAllText(_folder.PathOf("a"), "a");

        Assert.Equal(LinkResult.Linked, Durable.Link(_handle, "a", _handle, "b"));
        Assert.Equal(LinkResult.NameTaken, Durable.Link(_handle, "a", _handle, "b"));
        Assert.Equal(LinkResult.SourceMissing, Durable.Link(_handle, "none", _handle, "c"));
        using var shm = DirectoryHandle.TryOpen("/dev/shm");
        if (shm is not null)
        {
            Assert.Equal(LinkResult.Refused, Durable.Link(_handle, "a", shm, "veridian-" + Guid.NewGuid().ToString("N")));
        }
    }

    [Fact]
    public void A_link_is_swapped_in_one_step()
    {
        Durable.SwapSymbolicLink(_handle, "current", "1");
        Durable.SwapSymbolicLink(_handle, "current", "2");

        Assert.Equal("2", Entries.ReadLink(_handle, "current"));
        Assert.Null(Entries.ReadLink(_handle, "none"));
        Assert.Equal(["current"], Entries.List(_handle).Select(e => e.Name));
    }

    [Fact]
    public void A_lock_vanishes_with_its_owner()
    {
        var path = _folder.PathOf("lock");
        using (var one = FileLock.Try(path, exclusive: false))
        using (var two = FileLock.Try(path, exclusive: false))
        {
            Assert.NotNull(one);
            Assert.NotNull(two);
            Assert.Null(FileLock.Try(path, exclusive: true));
            Assert.Null(FileLock.Wait(path, exclusive: true, TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
        }

        using var alone = FileLock.Try(path, exclusive: true);
        Assert.NotNull(alone);
    }

    [Fact]
    public void A_lock_of_a_killed_process_is_free()
    {
        var path = _folder.PathOf("lock");
        using (var process = Process.Start(new ProcessStartInfo("flock", [path, "sh", "-c", "echo ready; exec cat"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        })!)
        {
            Assert.Equal("ready", process.StandardOutput.ReadLine());
            Assert.Null(FileLock.Try(path, exclusive: true));
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        using var taken = FileLock.Wait(path, exclusive: true, TimeSpan.FromSeconds(10), TimeProvider.System, CancellationToken.None);
        Assert.NotNull(taken);
    }

    [Fact]
    public void Names_that_are_no_UTF_8_come_and_go()
    {
        const string stray = "x\uDC80\uDCFFy\U0001F600";
        Durable.Create(_handle, stray).Dispose();

        Assert.Equal(stray, Assert.Single(Entries.List(_handle)).Name);
        Assert.True(Durable.Remove(_handle, stray, isDirectory: false));
        Assert.Empty(Entries.List(_handle));
    }

    [Fact]
    public void A_big_folder_is_listed_whole()
    {
        for (var i = 0; i < 3000; i++)
        {
            Durable.MakeDirectory(_handle, "a-rather-long-name-of-a-folder-" + i);
        }

        Assert.Equal(3000, Entries.List(_handle).Where(e => e.Type == EntryType.Directory).DistinctBy(e => e.Name).Count());
    }

    [Fact]
    public void The_disk_the_boot_and_the_mounts_can_be_asked_for()
    {
        var space = DiskSpace.Of(_handle);
        Assert.True(space.Free.Bytes > 0);
        Assert.True(space.FreeInodes > 0);
        Assert.Equal(36, BootId.Read().Length);
        Assert.Contains(MountInfo.OfAllProcesses(), m => m.MountPoint == "/proc");
    }

    [Fact]
    public void Mounts_with_blanks_are_read_and_hidden_processes_passed_over()
    {
        Directory.CreateDirectory(_folder.PathOf("1"));
        Directory.CreateDirectory(_folder.PathOf("2"));
        Directory.CreateDirectory(_folder.PathOf("self"));
        File.WriteAllText(_folder.PathOf("1/mountinfo"), "36 35 98:0 /a\\040b /mnt\\134x rw,noatime master:1 - ext3 /dev/root rw\nshort line\n");

        Assert.Equal([new MountedFolder("/a b", "/mnt\\x")], MountInfo.Read(_folder.Path));
    }

    [Theory]
    [InlineData(28, "VS6001")]
    [InlineData(122, "VS6001")]
    [InlineData(30, "VS6002")]
    [InlineData(13, "VS6002")]
    [InlineData(1, "VS6002")]
    [InlineData(5, "VS6003")]
    [InlineData(24, "VS6004")]
    public void Error_numbers_become_codes_that_say_what_to_do(int errno, string code)
    {
        var error = PosixFailure.Of("write", "/store/x", errno);

        Assert.Equal(code, error.Code.Id);
        Assert.Contains("/store/x", error.Message, StringComparison.Ordinal);
        Assert.Contains("write", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Hint, StringComparison.Ordinal);
    }
}
