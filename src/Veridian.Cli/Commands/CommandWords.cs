using System.CommandLine;

namespace Veridian.Cli.Commands;

/// <summary>The argument of verbs that run a command: its name and all that belongs to it.</summary>
internal static class CommandWords
{
    public const string Name = "COMMAND";

    public static Argument<string[]> Create() => new(Name) { Description = "The command and its arguments, best behind --", Arity = ArgumentArity.OneOrMore };
}
