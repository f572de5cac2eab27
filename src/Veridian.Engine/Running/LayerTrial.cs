using Veridian.Core.Errors;
using Veridian.Engine.Adapters;
using Veridian.Engine.Environments.Building;
using Veridian.Engine.Environments.Composing;
using Veridian.Engine.Environments.Running;
using Veridian.Engine.Environments.Running.Entering;

namespace Veridian.Engine.Running;

/// <summary>Lays one folder over another the way launchers do, in namespaces of its own: what file systems, modules and containers allow is in no setting.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-69.</remarks>
internal sealed class LayerTrial : ILayerTrial
{
    /// <inheritdoc/>
    public async Task<bool> SucceedsAsync(string scratch, CancellationToken cancellationToken)
    {
        if (!LayerOptions.CanName(scratch) || !HostGrants.Read().EntersItself || !RunArguments.IsMerged(HostRoot.Read("/")))
        {
            return false;
        }

        var (upper, lower) = (Path.Combine(scratch, "upper"), Path.Combine(scratch, "lower"));
        Directory.CreateDirectory(upper);
        Directory.CreateDirectory(lower);
        return await RunsAsync(upper, lower, Path.Combine(scratch, "layer"), cancellationToken);
    }

    /// <summary>Writes the program that tries it, and runs it.</summary>
    internal static async Task<bool> RunsAsync(string upper, string lower, string program, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(program, EntryProgram.ToLay(upper, lower), cancellationToken);
        MakeExecutable(program);
        try
        {
            return (await ChildProcess.RunAsync(program, ["+", "layer"], new Dictionary<string, string>(), cancellationToken)).ExitCode == 0;
        }
        catch (UnavailableException)
        {
            return false; // a file system on which nothing can be executed
        }
    }

#pragma warning disable CA1416 // this program runs on Linux only
    private static void MakeExecutable(string program) => File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416
}
