using Veridian.Posix;

namespace Veridian.Engine.Running;

/// <summary>Turns this process into another program: same process id, same terminal, its exit code is ours (CL-10).</summary>
public static class ProcessReplacement
{
    /// <summary>Does not return.</summary>
    /// <param name="path">The program.</param>
    /// <param name="arguments">Its arguments, its own name first.</param>
    /// <param name="environment">Its variables, <c>NAME=value</c>.</param>
    public static void Run(string path, IReadOnlyList<string> arguments, IReadOnlyList<string> environment)
    {
        // The runtime ignores SIGPIPE; the command must not inherit that (decision 20).
        SignalState.Reset();
        Exec.Replace(path, arguments, environment);
    }
}
