using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Locating;
using Veridian.Engine.Recording;

namespace Veridian.Cli.Commands;

/// <summary>Puts commands that change something into the operation log.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-18.</remarks>
internal static class CommandRecord
{
    private static readonly string[] Changing =
    [
        "init", "install", "remove", "update", "hold", "unhold", "apply", "lock", "rollback", "generations switch", "generations pin", "generations unpin", "generations delete",
        "gc", "verify", "store add", "store rebuild-index", "cache clean", "config edit", "config set", "config unset", "fmt", "doctor", "trust", "untrust",
    ];

    // Verbs that only look unless an option says otherwise, and options with which a verb only looks.
    private static readonly string[] Looking = ["--dry-run", "-n", "--check", "--help", "-h", "-?"];

    /// <summary>Adds a command that has ended; a log that cannot be written is told of and stops nothing.</summary>
    public static void Add(string[] args, ParseResult parse, CommonOptions common, int exitCode)
    {
        if (!Changing.Contains(Verb(parse)) || args.Any(Looking.Contains)
            || (Verb(parse) == "verify" && !args.Contains("--repair")) || (Verb(parse) == "doctor" && !args.Contains("--fix")))
        {
            return;
        }

        var locations = Locations.Resolve(parse.GetValue(common.Root), Environment.GetEnvironmentVariable);
        var profile = ProfileLocation.Find(parse.GetValue(common.File), parse.GetValue(common.Global), Environment.CurrentDirectory, locations);
        profile = parse.GetValue(common.Environment) is { } name ? profile with { Environment = name } : profile;
        if (OperationHistory.Add(locations, profile, TimeProvider.System, exitCode, string.Join(' ', args)) is { } why)
        {
            new Terminal(Environment.GetEnvironmentVariable).Warning($"The operation log was not written: {why}");
        }
    }

    private static string Verb(ParseResult parse) => UsageRefusal.PathOf(parse)["vpkg".Length..].TrimStart();
}
