using Veridian.Core.Errors;
using Veridian.Engine.Adapters;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Running.Entering;

namespace Veridian.Engine.Running;

/// <summary>Lays one folder over another the way launchers do, in namespaces of its own: what file systems, modules and containers allow is in no setting.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-69.</remarks>
internal static class LayerTrial
{
    /// <summary>Tries it.</summary>
    /// <param name="scratch">Absolute path of an empty folder on the store's file system.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    public static async Task<bool> SucceedsAsync(string scratch, CancellationToken cancellationToken) => LayerOptions.CanName(scratch)
        && await RunsAsync(Path.Combine(scratch, "upper"), Path.Combine(scratch, "lower"), Path.Combine(scratch, "layer"), cancellationToken);

    /// <summary>Makes the folders where they are missing, writes the program that tries it, and runs it. Whatever fails on the way is a no.</summary>
    internal static async Task<bool> RunsAsync(string upper, string lower, string program, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(upper);
            Directory.CreateDirectory(lower);
            await File.WriteAllBytesAsync(program, EntryProgram.ToLay(upper, lower), cancellationToken);
            MakeExecutable(program);
            return (await ChildProcess.RunAsync(program, ["+", "layer"], new Dictionary<string, string>(), cancellationToken)).ExitCode == 0;
        }
        catch (Exception failed) when (failed is UnavailableException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

#pragma warning disable CA1416 // this program runs on Linux only
    private static void MakeExecutable(string program) => File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
}
