using Veridian.Posix;

namespace Veridian.Engine.Running;

/// <summary>The one line that the verbs of the hot path print.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-5. Not through the console library: loading it costs a third of an empty process.</remarks>
public static class ResultLine
{
    /// <summary>Writes the line to standard output; that nobody reads it is no error.</summary>
    public static void Write(string line) => StandardOutput.WriteLine(line);
}
