using Veridian.Build.Sandbox;
using Veridian.Core.Errors;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Lets the environment's own <c>ldconfig</c> write the loader's cache.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-11.</remarks>
internal static class LibraryCache
{
    private const string Program = "/usr/sbin/ldconfig";

    /// <summary>The cache's file name in <c>etc</c>.</summary>
    public const string FileName = "ld.so.cache";

    /// <summary>Writes <c>ld.so.cache</c> into a folder.</summary>
    /// <param name="sandbox">Where it runs.</param>
    /// <param name="mounts">The environment's <c>usr</c> and <c>etc</c>, read-only, with the top-level links.</param>
    /// <param name="output">Absolute path of the folder outside.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ActivationFailed"/>.</exception>
    public static async Task WriteAsync(ISandbox sandbox, IReadOnlyList<SandboxMount> mounts, string output, CancellationToken cancellationToken)
    {
        var command = new SandboxCommand
        {
            // -X: no links are made; -i: no second cache is read, so that the same libraries give the same bytes.
            Arguments = [Program, "-X", "-i", "-C", "/out/" + FileName],
            Root = [.. mounts, new SandboxMount.Bind(output, "/out", BindAccess.ReadWrite)],
            Variables = new Dictionary<string, string> { ["LC_ALL"] = "C", ["PATH"] = "/usr/sbin:/usr/bin" },
        };
        var result = await sandbox.RunAsync(command, cancellationToken);
        if (result.TimedOut || result.ExitCode != 0)
        {
            throw new BuildFailedException(
                ErrorCodes.ActivationFailed,
                $"The environment's ldconfig {(result.TimedOut ? "did not end" : $"ended with {result.ExitCode}")}: {result.Error.Text.Trim()}",
                "Check that the environment's C library fits this machine's processor.");
        }
    }
}
