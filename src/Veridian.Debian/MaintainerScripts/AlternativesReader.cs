using System.Globalization;
using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>Finds <c>update-alternatives --install</c> in the text of a postinst, without running it.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-17.</remarks>
public static class AlternativesReader
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads a shell script; of any other and of one above 1 MiB it says that nothing was understood, if it names the command at all.</summary>
    public static AlternativesContent Read(ReadOnlySpan<byte> script)
    {
        if (script.IndexOf("update-alternatives"u8) < 0)
        {
            return new AlternativesContent([], []);
        }

        if (script.Length > MaxBytes || !ScriptSummary.IsShellScript(script))
        {
            return new AlternativesContent([], ["(the script is too long, or no shell script)"]);
        }

        var (understood, others) = (new List<Alternative>(), new List<string>());
        foreach (var command in ShellReader.Read(Encoding.UTF8.GetString(script), ScriptCall.Configure).Where(command => command.Runs != Truth.No))
        {
            Judge(command, understood, others);
        }

        return new AlternativesContent(understood, others);
    }

    private static void Judge(ShellCommand command, List<Alternative> understood, List<string> others)
    {
        var at = command.Words.TakeWhile(word => !IsCommand(word.Text)).Count();
        var words = command.Words.Skip(at + 1).ToArray();
        if (at == command.Words.Count || !words.Any(word => word.Text == "--install" || !word.IsLiteral))
        {
            return; // --remove, --auto, --query ...
        }

        if (at == 0 && command.IsCertain && words.All(word => word.IsLiteral) && TryParse([.. words.Select(word => word.Text)]) is { } alternative)
        {
            understood.Add(alternative);
        }
        else
        {
            others.Add(command.Text);
        }
    }

    private static bool IsCommand(string word) => word == "update-alternatives" || word.EndsWith("/update-alternatives", StringComparison.Ordinal);

    private static Alternative? TryParse(string[] words)
    {
        Alternative? alternative = null;
        var slaves = new List<AlternativeSlave>();
        for (var i = 0; i < words.Length;)
        {
            var left = words.Length - i - 1;
            switch (words[i])
            {
                case "--quiet" or "--verbose" or "--force" or "--skip-auto":
                    i++;
                    break;
                case "--install" when alternative is null && left >= 4 && int.TryParse(words[i + 4], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)
                    && AreLink(words[i + 1], words[i + 2], words[i + 3]):
                    alternative = new Alternative(words[i + 1], words[i + 2], words[i + 3], priority, slaves);
                    i += 5;
                    break;
                case "--slave" when left >= 3 && AreLink(words[i + 1], words[i + 2], words[i + 3]):
                    slaves.Add(new AlternativeSlave(words[i + 1], words[i + 2], words[i + 3]));
                    i += 4;
                    break;
                default:
                    return null;
            }
        }

        return alternative;
    }

    // Both ends are absolute and stay where they say; the name becomes a file name.
    internal static bool AreLink(string link, string name, string path) =>
        IsAbsolute(link) && IsAbsolute(path) && name.Length is > 0 and <= 255 && name is not ("." or "..") && !name.Any(c => c is '/' or <= ' ');

    private static bool IsAbsolute(string path) => path.StartsWith('/') && Core.Paths.RelativePath.TryParse(path.AsSpan(1), out _);
}
