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

        return File.Exists(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}"))
            ? new EventLines(new FileStream(new SafeFileHandle(descriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0))
            : throw new InvalidInputException(ErrorCodes.Usage, string.Create(CultureInfo.InvariantCulture, $"Descriptor {descriptor} is not open."), "Open it in the shell: 'vpkg apply --events jsonl:3 3>events'.");
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
