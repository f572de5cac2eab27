using System.CommandLine;

namespace Veridian.Cli.Commands;

/// <summary>What a verb's description begins with, where there is no room for what it reads, writes and reaches.</summary>
internal static class CommandText
{
    /// <summary>Without its full stop.</summary>
    public static string FirstSentence(Symbol symbol) => (symbol.Description ?? "").Split(". ")[0].TrimEnd('.');
}
