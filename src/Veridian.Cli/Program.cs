using Veridian.Cli.Commands;
using Veridian.Engine.Running;

namespace Veridian.Cli;

internal static class Program
{
    // Not async itself: the hot path should not pay for a state machine.
    private static Task<int> Main(string[] args)
    {
        SixStreams.Reserve();
        return HotPath.TryRun(args) is { } code ? Task.FromResult(code) : CommandLine.RunAsync(HotPath.Separated(args));
    }
}
