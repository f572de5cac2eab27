using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>What a preinst says of diversions.</summary>
/// <param name="Understood">Literal commands that surely run at installation.</param>
/// <param name="NotUnderstood">Text of commands that may run and of which the text does not tell what they divert.</param>
public sealed record DiversionsContent(IReadOnlyList<DivertedPath> Understood, IReadOnlyList<string> NotUnderstood)
{
    /// <summary>What commands that are not understood divert if they run, as far as the text tells.</summary>
    public IReadOnlyList<DivertedPath> Possible { get; init; } = [];
}

/// <summary>A path of which the file of every other package goes elsewhere.</summary>
/// <param name="Path">Absolute path.</param>
/// <param name="Divert">Absolute path where the others' file goes; null for the name that dpkg-divert chooses.</param>
public sealed record DivertedPath(string Path, string? Divert);

/// <summary>Finds the <c>dpkg-divert --add</c> of a preinst in its text, without running it.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-22.</remarks>
public static class DiversionsReader
{
    private const int MaxBytes = 1 << 20;
    private static readonly string[] Questions = ["--list", "--listpackage", "--truename", "--help", "--version", "--remove"];

    /// <summary>Reads a shell script; of any other and of one above 1 MiB it says that nothing was understood, if it names the command at all.</summary>
    public static DiversionsContent Read(ReadOnlySpan<byte> script)
    {
        if (script.IndexOf("dpkg-divert"u8) < 0)
        {
            return new DiversionsContent([], []);
        }

        if (script.Length > MaxBytes || !ScriptSummary.IsShellScript(script))
        {
            return new DiversionsContent([], ["(the script is too long, or no shell script)"]);
        }

        var (understood, possible, others) = (new List<DivertedPath>(), new List<DivertedPath>(), new List<string>());
        var commands = ShellReader.Read(Encoding.UTF8.GetString(script), ScriptCall.Install);
        var expansion = new ShellExpansion(commands);
        foreach (var command in commands.Where(command => command.Runs != Truth.No))
        {
            var at = command.Words.TakeWhile(word => word.Text.Split('/')[^1] != "dpkg-divert").Count();
            var words = command.Words.Skip(at + 1).ToArray();
            if (at == command.Words.Count ? !command.Words.Any(word => word.RunsCommand && word.Text.Contains("dpkg-divert", StringComparison.Ordinal)) : words.Any(word => Questions.Contains(word.Text)))
            {
                continue; // nothing is diverted yet that could be asked for or removed
            }

            if (at == 0 && command.IsCertain && words.All(word => word.IsLiteral) && TryParse([.. words.Select(word => word.Text)]) is { } diverted)
            {
                understood.Add(diverted);
            }
            else
            {
                others.Add(command.Text);
                possible.AddRange(expansion.Times(command).Select(time => TryParse([.. time.Skip(at + 1)])).OfType<DivertedPath>());
            }
        }

        return new DiversionsContent(understood, others) { Possible = [.. possible.Distinct()] };
    }

    private static DivertedPath? TryParse(string?[] words)
    {
        string? to = null, from = null;
        for (var i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case null:
                    return null;
                case "--divert" when i + 1 < words.Length && words[i + 1] is not null:
                    to = words[++i];
                    break;
                case "--package" when i + 1 < words.Length:
                    i++;
                    break;
                case var word when word.StartsWith("--divert=", StringComparison.Ordinal):
                    to = word["--divert=".Length..];
                    break;
                case "--local":
                    return null;
                case ['-', ..]:
                    break;
                default:
                    from = words[i];
                    break;
            }
        }

        return from is ['/', ..] && (to is null or ['/', ..]) ? new DivertedPath(from, to) : null;
    }
}
