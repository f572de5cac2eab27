using System.Text;

namespace Veridian.Cli.Printing;

/// <summary>What people read: results on standard output, everything else on standard error.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-6. Colour only on a terminal, never with <c>NO_COLOR</c> or <c>TERM=dumb</c>.</remarks>
internal sealed class Terminal
{
    private const string Reset = "\u001b[0m";
    private readonly bool _colourOut;
    private readonly bool _colourError;
    private int _statusWidth;

    public Terminal(Func<string, string?> variable)
    {
        var allowed = string.IsNullOrEmpty(variable("NO_COLOR"));
        var wanted = allowed && variable("TERM") != "dumb";
        var forced = allowed && variable("CLICOLOR_FORCE") is { Length: > 0 } force && force != "0";
        Interactive = !Console.IsInputRedirected && !Console.IsErrorRedirected && variable("CI") is null or "";
        StatusLines = !Console.IsErrorRedirected && variable("TERM") != "dumb" && variable("VPKG_PROGRESS") is not ("never" or "json");
        _colourOut = forced || (wanted && !Console.IsOutputRedirected);
        _colourError = forced || (wanted && !Console.IsErrorRedirected);
    }

    /// <summary>Whether somebody can be asked.</summary>
    public bool Interactive { get; }

    /// <summary>Whether one line may be rewritten in place.</summary>
    public bool StatusLines { get; }

    /// <summary>With <c>--quiet</c>, only errors and asked-for results are printed.</summary>
    public bool Quiet { get; set; }

    /// <summary>One line of result.</summary>
    public void Result(string text = "")
    {
        ClearStatus();
        Console.Out.WriteLine(text);
    }

    /// <summary>One line about what is going on.</summary>
    public void Note(string text)
    {
        if (!Quiet)
        {
            ClearStatus();
            Console.Error.WriteLine(text);
        }
    }

    /// <summary>A line that the reader should not miss, and that stops nothing.</summary>
    public void Warning(string text)
    {
        ClearStatus();
        Console.Error.WriteLine($"{Paint("warning:", "33;1", _colourError)} {text}");
    }

    /// <summary>A line that is overwritten by the next; nothing where lines cannot be rewritten.</summary>
    public void Status(string text)
    {
        if (!StatusLines || Quiet)
        {
            return;
        }

        var width = Math.Max(20, SafeWidth() - 1);
        text = text.Length > width ? text[..width] : text;
        Console.Error.Write("\r" + text.PadRight(_statusWidth));
        _statusWidth = text.Length;
    }

    /// <summary>Removes the status line.</summary>
    public void ClearStatus()
    {
        if (_statusWidth > 0)
        {
            Console.Error.Write("\r" + new string(' ', _statusWidth) + "\r");
            _statusWidth = 0;
        }
    }

    /// <summary>Asks; an empty answer is yes. Only where <see cref="Interactive"/>.</summary>
    public bool Ask(string question)
    {
        ClearStatus();
        Console.Error.Write($"{question} [Y/n] ");
        var answer = Console.In.ReadLine();
        return answer is not null && answer.Trim() is "" or "y" or "Y" or "yes" or "Yes";
    }

    public string Bold(string text) => Paint(text, "1", _colourOut);

    public string Dim(string text) => Paint(text, "2", _colourOut);

    public string Green(string text) => Paint(text, "32", _colourOut);

    public string Red(string text) => Paint(text, "31", _colourOut);

    public string Yellow(string text) => Paint(text, "33", _colourOut);

    public string ErrorMark(string text) => Paint(text, "31;1", _colourError);

    private static string Paint(string text, string code, bool colour) =>
        colour ? new StringBuilder("\u001b[").Append(code).Append('m').Append(text).Append(Reset).ToString() : text;

    private static int SafeWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
