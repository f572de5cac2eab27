using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Fuzz.Loop;

/// <summary>What a parser made of one input.</summary>
/// <param name="Word">Equal for inputs that went the same way, as far as can be seen from outside.</param>
/// <param name="IsAccepted">It was read, not refused.</param>
/// <param name="Find">What went wrong; null for a result or a proper refusal.</param>
internal sealed record Outcome(string Word, bool IsAccepted, string? Find)
{
    /// <summary>Lets the parser read.</summary>
    public static Outcome Of(Parser parser, byte[] input)
    {
        try
        {
            return new Outcome("+" + parser.Read(input), true, null);
        }
        catch (VeridianException refusal) when (refusal is not VeridianBugException)
        {
            var silent = refusal.Message.Length == 0 || refusal.Hint.Length == 0;
            return new Outcome(refusal.Code.Id + Shape(refusal.Message), false, silent ? $"{refusal.Code.Id} without a message or a hint" : null);
        }
        catch (Exception crash) when (crash is not OutOfMemoryException)
        {
            return new Outcome(crash.GetType().Name, false, crash.ToString());
        }
    }

    // Names and numbers of the input are not part of what the parser says of it.
    private static string Shape(string message)
    {
        var shape = new StringBuilder(message.Length);
        var quoted = false;
        foreach (var c in message)
        {
            if (c == '\'')
            {
                quoted = !quoted;
            }
            else if (!quoted && !char.IsAsciiDigit(c) && c < 128)
            {
                shape.Append(c);
            }
        }

        return shape.ToString();
    }
}
