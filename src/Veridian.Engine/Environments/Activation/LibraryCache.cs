using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;
using Veridian.Store;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Lets the environment's own <c>ldconfig</c> make the loader's cache, over a tree that holds libraries and nothing else.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-11. The same libraries give the same bytes.</remarks>
internal sealed class LibraryCache(ISandbox sandbox, StoreFolder store)
{
    /// <summary>Where the cache lies in the environment.</summary>
    public const string Path = "etc/ld.so.cache";

    private const long Limit = 64 << 20;
    private const int MostProcesses = 100;

    /// <summary>The cache's bytes.</summary>
    /// <param name="plan">The merged tree.</param>
    /// <param name="files">What the cache depends on.</param>
    /// <param name="scratch">An empty folder on the store's file system.</param>
    /// <param name="cancellationToken">Kills the tool.</param>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ActivationFailed"/>.</exception>
    public async Task<byte[]> MakeAsync(EnvironmentPlan plan, LibrarySet files, string scratch, CancellationToken cancellationToken)
    {
        using (var folder = DirectoryHandle.Open(scratch))
        {
            new LinkedTree(plan, store).Write(files.Files, folder);
            Durable.MakeDirectory(folder, "out");
        }

        await RunAsync(plan, scratch, cancellationToken);
        return await ReadAsync($"{scratch}/out/ld.so.cache", cancellationToken);
    }

    private async Task RunAsync(EnvironmentPlan plan, string scratch, CancellationToken cancellationToken)
    {
        List<SandboxMount> root =
        [
            new SandboxMount.Bind($"{scratch}/usr", "/usr"),
            new SandboxMount.Bind($"{scratch}/etc", "/etc"),
            new SandboxMount.Bind($"{scratch}/out", "/out", BindAccess.ReadWrite),
            .. plan.Root.Files.Values.OrderBy(file => file.Path).Select(file => new SandboxMount.SymbolicLink(file.Entry.Target, "/" + file.Path)),
        ];
        var result = await sandbox.RunAsync(
            new SandboxCommand
            {
                // -X: no links are made; -i: no second cache is read, whose content would depend on what ran before.
                Arguments = ["/" + LibrarySet.Program, "-X", "-i", "-C", "/out/ld.so.cache"],
                Root = root,
                Variables = new Dictionary<string, string> { ["LC_ALL"] = "C", ["PATH"] = "/usr/sbin:/usr/bin" },
                Limits = new SandboxLimits { RunningProcesses = MostProcesses },
            },
            cancellationToken);
        if (result.TimedOut || result.Exceeded is not null || result.ExitCode != 0)
        {
            throw new BuildFailedException(
                ErrorCodes.ActivationFailed,
                $"The environment's ldconfig {result.Exceeded ?? (result.TimedOut ? "did not end" : $"ended with {result.ExitCode}")}: {result.Error.Text.Trim()}",
                "Check that the environment's C library fits this machine's processor.");
        }
    }

    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        await using (file)
        {
            if (file.Length > Limit)
            {
                throw new BuildFailedException(ErrorCodes.ActivationFailed, "The environment's ldconfig wrote too much.", "Check the package that brings ldconfig.");
            }

            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
    }
}
