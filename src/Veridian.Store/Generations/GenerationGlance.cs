using System.Text;
using Veridian.Core.Text;

namespace Veridian.Store.Generations;

/// <summary>
/// As much of a generation's record as tells whether it still is what a profile asks for. Taken by every start of <c>apply</c>,
/// before anything is known to be wrong: it parses and loads next to nothing, and leaves all that is unusual to <see cref="GenerationRecord"/>.
/// </summary>
/// <remarks>Source: <c>store-format/generation/README.md</c> G-2, <c>spec/store.md</c> S-31.</remarks>
/// <param name="Number">The generation's number.</param>
/// <param name="Environment">The environment's digest as text.</param>
/// <param name="HasIncludes">Whether its profile included other files.</param>
public sealed record GenerationGlance(int Number, string Environment, bool HasIncludes)
{
    /// <summary>Takes a look at a record; null where it does not begin as expected.</summary>
    public static GenerationGlance? Take(ReadOnlySpan<byte> record)
    {
        var text = Encoding.UTF8.GetString(record);
        return text.StartsWith(GenerationRecord.Format + "\n", StringComparison.Ordinal)
            && Line(text, "number") is { } digits && PlainNumber.TryRead(digits, out int number)
            && Line(text, "environment") is { Length: 64 } environment
                ? new GenerationGlance(number, environment, Line(text, "include") is not null)
                : null;
    }

    // Values hold no line ends, so a key is found only where it begins a line.
    private static string? Line(string text, string key)
    {
        var start = text.IndexOf("\n" + key + " ", StringComparison.Ordinal) + key.Length + 2;
        var end = start < key.Length + 2 ? -1 : text.IndexOf('\n', start);
        return end < 0 ? null : text[start..end];
    }
}
