using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a package's <c>triggers</c> file says: what it waits for, and what it sets off.</summary>
/// <param name="Interests">Names it waits for; one that starts with a slash is a folder or file of the tree.</param>
/// <param name="Activations">Names that it sets off when it is configured.</param>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-19.</remarks>
public sealed record TriggerLines(IReadOnlyList<string> Interests, IReadOnlyList<string> Activations)
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Nothing.</summary>
    public static TriggerLines None { get; } = new([], []);

    /// <summary>Reads the file; comments and lines of another shape are passed over, and so is a file above 1 MiB.</summary>
    public static TriggerLines Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            return None;
        }

        var (interests, activations) = (new List<string>(), new List<string>());
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            if (line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries) is [var word, var name, ..])
            {
                (word switch
                {
                    "interest" or "interest-await" or "interest-noawait" => interests,
                    "activate" or "activate-await" or "activate-noawait" => activations,
                    _ => null,
                })?.Add(name);
            }
        }

        return new TriggerLines(interests, activations);
    }
}
