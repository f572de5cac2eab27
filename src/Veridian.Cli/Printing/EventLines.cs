using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Veridian.Core.Errors;
using Veridian.Core.Text;

namespace Veridian.Cli.Printing;

/// <summary>Where JSON lines about progress go.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-19.</remarks>
internal sealed class EventLines
{
    private readonly Stream _stream;

    private EventLines(Stream stream) => _stream = stream;

    /// <summary>Opens what <c>--events</c> names; null where progress is for people.</summary>
    /// <param name="option">The option's value: <c>jsonl</c> or <c>jsonl:FD</c>; null where it was not given.</param>
    /// <param name="progress">The configured way; <c>json</c> is <c>jsonl</c>.</param>
    /// <exception cref="InvalidInputException">Another format, or no open descriptor.</exception>
    public static EventLines? Open(string? option, string progress)
    {
        if (option is null)
        {
            return progress == "json" ? new EventLines(Console.OpenStandardError()) : null;
        }

        var descriptor = 2;
        if (option != "jsonl" && !(option.StartsWith("jsonl:", StringComparison.Ordinal) && PlainNumber.TryRead(option.AsSpan(6), out descriptor)))
        {
            throw new InvalidInputException(ErrorCodes.Usage, $"'--events' knows no format '{option}'.", "Write '--events jsonl', or '--events jsonl:3' for descriptor 3.");
        }

        return IsInherited(descriptor)
            ? new EventLines(new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0))
            : throw new InvalidInputException(ErrorCodes.Usage, string.Create(CultureInfo.InvariantCulture, $"Descriptor {descriptor} is not open."), "Open it in the shell: 'vpkg apply --events jsonl:3 3>events'.");
    }

    // Files that the runtime opened for itself have numbers too; what came from the caller is not closed on exec.
    private static bool IsInherited(int descriptor)
    {
        const long CloseOnExec = 0x80000;
        try
        {
            var flags = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}")).First(line => line.StartsWith("flags:", StringComparison.Ordinal));
            return (Convert.ToInt64(flags["flags:".Length..].Trim(), 8) & CloseOnExec) == 0;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    /// <summary>Writes one line. A reader that has gone away stops nothing.</summary>
    public void Write(string line)
    {
        try
        {
            _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (IOException)
        {
            // Who asked for events no longer listens; the work goes on.
        }
    }
}
