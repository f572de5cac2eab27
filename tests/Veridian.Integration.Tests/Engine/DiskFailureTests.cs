using Veridian.Core.Errors;
using Veridian.Engine;
using Veridian.Engine.Maintaining;
using Veridian.Testing;

namespace Veridian.Integration.Tests.Engine;

/// <summary>A disk that is full or forbids writing, and a store of which parts are gone: reported as what they are, and got over.</summary>
public sealed class DiskFailureTests
{
    [Theory]
    [InlineData("VS6001")]
    [InlineData("VS6002")]
    public async Task A_disk_that_stops_taking_anything_loses_nothing(string code)
    {
        var failure = code == "VS6001" ? ErrorCodes.DiskFull : ErrorCodes.ReadOnly;
        using var repository = Publish(new Project());
        var total = await CountAsync(repository);
        for (var n = 1; n <= total; n += 13)
        {
            using var project = Prepared(repository);
            await project.ApplyAsync("old");

            var failed = await Record.ExceptionAsync(() => project.ApplyAsync(
                "new", project.Text("alpha = \"*\"\ngamma = \"*\""), new FaultyStoreFiles { FailAt = n, FailForEver = true, Failure = failure }));

            Assert.True(failed is null || failed is StorageException { Code: var seen } && seen == failure, $"{n}: {failed}");
            Assert.Contains(project.Current()!.Command, new[] { "old", "new" });
            Assert.Empty(Verify.Run(project.Workspace(), null, wholeStore: true, CancellationToken.None).Findings);
            await project.ApplyAsync("new", project.Text("alpha = \"*\"\ngamma = \"*\""));
            Assert.Equal("new", project.Current()!.Command);
        }
    }

    [Fact]
    public void What_a_file_call_of_the_runtime_throws_is_a_storage_failure_with_a_next_step()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("file"), "");
        var full = File.Exists("/dev/full") ? Record.Exception(() => File.WriteAllText("/dev/full", "text")) : new IOException("No space left on device", 28);

        var failure = Assert.IsType<StorageException>(KnownFailure.Of(new AggregateException(full!)));
        Assert.Equal(ErrorCodes.DiskFull, failure.Code);
        Assert.Contains("vpkg gc", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(ErrorCodes.OutOfResources, Assert.IsType<StorageException>(KnownFailure.Of(new IOException("Too many open files", 24))).Code);
        Assert.Equal(ErrorCodes.OutOfResources, Assert.IsType<StorageException>(KnownFailure.Of(new AggregateException(new OutOfMemoryException()))).Code);
        Assert.Equal(ErrorCodes.ReadOnly, Assert.IsType<StorageException>(KnownFailure.Of(new UnauthorizedAccessException("no"))).Code);
        Assert.IsType<InvalidOperationException>(KnownFailure.Of(new InvalidOperationException()));
    }

    [Fact]
    public void A_gc_where_nothing_was_ever_applied_makes_no_store()
    {
        using var project = new Project().Write("alpha = \"*\"");

        var outcome = Collect.Run(project.Workspace(), new CollectPolicy(null, 1, null), dryRun: false, CancellationToken.None);

        Assert.Empty(outcome.Objects);
        Assert.False(Directory.Exists(project.Locations.Store));
    }

    [Fact]
    public async Task Half_written_files_of_the_cache_are_collected_a_day_later()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        var left = Path.Combine(project.Locations.Cache, "index", "half.index.1-1.new");
        await File.WriteAllTextAsync(left, "half");
        var resumable = Path.Combine(Directory.CreateDirectory(Path.Combine(project.Locations.Cache, "partial")).FullName, "download");
        await File.WriteAllTextAsync(resumable, "half");
        var elsewhere = Path.Combine(Directory.CreateDirectory(Path.Combine(project.Folder, "partial")).FullName, "mine.new");
        await File.WriteAllTextAsync(elsewhere, "a person's");
        Directory.CreateSymbolicLink(Path.Combine(project.Locations.Cache, "index", "link"), project.Folder);
        Directory.CreateSymbolicLink(Path.Combine(project.Locations.Cache, "index", "circle"), ".");

        Collect.Run(project.Workspace(), new CollectPolicy(null, null, null), dryRun: false, CancellationToken.None);
        Assert.True(File.Exists(left)); // its writer may be at work

        project.Time.Advance(TimeSpan.FromDays(2));
        Collect.Run(project.Workspace(), new CollectPolicy(null, null, null), dryRun: false, CancellationToken.None);
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(resumable));

        project.Time.Advance(TimeSpan.FromDays(30));
        Collect.Run(project.Workspace(), new CollectPolicy(null, null, null), dryRun: false, CancellationToken.None);
        Assert.False(File.Exists(resumable));
        Assert.True(File.Exists(elsewhere)); // no link is followed
    }

    [Fact]
    public async Task An_empty_index_in_the_cache_is_made_anew()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(project.Locations.Cache, "index"), "*.index"))
        {
            await File.WriteAllBytesAsync(file, []);
        }

        Assert.True((await project.ApplyAsync(text: project.Text("gamma = \"*\""))).Changed);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("corrupt")]
    [InlineData("truncated")]
    public async Task A_database_that_is_gone_or_broken_is_made_anew(string how)
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        var before = StoreUsage.Read(project.Workspace(), byRoot: false);
        foreach (var file in Directory.GetFiles(project.StorePath, "index.sqlite*"))
        {
            switch (how)
            {
                case "deleted":
                    File.Delete(file);
                    break;
                case "corrupt":
                    await File.WriteAllTextAsync(file, new string('x', 9000));
                    break;
                default:
                    await File.WriteAllBytesAsync(file, [.. (await File.ReadAllBytesAsync(file)).Take(100)]);
                    break;
            }
        }

        Assert.Equal(before, StoreUsage.Read(project.Workspace(), byRoot: false));
        Assert.True((await project.ApplyAsync(text: project.Text("gamma = \"*\""))).Changed);
        Assert.Equal(3, StoreIndexes.Rebuild(project.Workspace(), CancellationToken.None));
    }

    [Fact]
    public async Task A_cache_that_is_deleted_between_two_applies_is_filled_again()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        DownloadCache.Clean(project.Workspace(), CancellationToken.None);

        Assert.True((await project.ApplyAsync(text: project.Text("gamma = \"*\""))).Changed);
    }

    [Fact]
    public async Task Verify_finds_what_was_changed_and_says_where()
    {
        using var project = Publish(new Project()).Write("alpha = \"*\"");
        await project.ApplyAsync();
        var package = project.CurrentNames().Single(name => name.Contains("-beta-", StringComparison.Ordinal));
        TestStore.Overwrite(Path.Combine(project.StorePath, "objects", package, "usr/share/doc/beta/readme"), "another\n");

        var outcome = Verify.Run(project.Workspace(), null, wholeStore: false, CancellationToken.None);

        Assert.Contains(outcome.Findings, finding => finding.Owner == package && finding.Path == "usr/share/doc/beta/readme" && finding.Kind == "changed");
    }

    private static async Task<int> CountAsync(Project repository)
    {
        using var project = Prepared(repository);
        await project.ApplyAsync("old");
        var files = new FaultyStoreFiles();
        await project.ApplyAsync("new", project.Text("alpha = \"*\"\ngamma = \"*\""), files);
        return files.Count;
    }

    private static Project Prepared(Project repository) => new Project(repository.Repository, repository.Locations.Cache).Write("alpha = \"*\"");

    private static Project Publish(Project project)
    {
        project.Repository.Add(TinyPackage.Program("alpha", depends: "beta"), TinyPackage.Plain("beta"), TinyPackage.Plain("gamma")).Publish();
        return project;
    }
}
