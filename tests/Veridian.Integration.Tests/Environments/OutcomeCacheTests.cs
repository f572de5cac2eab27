using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Activation.Scripts;

namespace Veridian.Integration.Tests.Environments;

public sealed class OutcomeCacheTests
{
    [Fact]
    public async Task Jobs_that_begin_at_once_keep_their_folders()
    {
        using var folder = new TemporaryFolder();
        var cache = new OutcomeCache(folder.Path);
        var begun = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Factory.StartNew(() => Enumerable.Range(0, 50)
            .Select(job => cache.Begin(Blake3.Hash(Encoding.UTF8.GetBytes($"{worker} {job}")))).ToList(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.All(begun.SelectMany(jobs => jobs), job => Assert.True(File.Exists($"{job.Path}/lock"), job.Path));
        foreach (var (path, @lock) in begun.SelectMany(jobs => jobs))
        {
            @lock.Dispose();
        }

        using var last = new OutcomeCache(folder.Path).Begin(Blake3.Hash("last"u8)).Lock;
        Assert.Single(cache.List());
    }
}
