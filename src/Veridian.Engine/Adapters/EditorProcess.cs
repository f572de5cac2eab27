using System.ComponentModel;
using System.Diagnostics;
using Veridian.Core.Errors;

namespace Veridian.Engine.Adapters;

/// <summary>Runs a person's editor on the terminal.</summary>
internal static class EditorProcess
{
    /// <summary>Runs it on a file to its end and gives its exit code.</summary>
    /// <param name="editor">Words for a shell, as <c>EDITOR</c> holds them: <c>code --wait</c>.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UnavailableException">There is no shell.</exception>
    public static int Run(string editor, string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{editor} \"$1\"", "sh", path]))!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception cause)
        {
            throw new UnavailableException(ErrorCodes.NativeLibraryMissing, $"'/bin/sh' cannot be started: {cause.Message}.", "Use 'vpkg config set KEY VALUE'.", cause);
        }
    }
}
