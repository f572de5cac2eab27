using System.CommandLine;

namespace Veridian.Cli.Commands;

/// <summary>Options that every verb takes.</summary>
internal sealed class CommonOptions
{
    public Option<string?> Root { get; } = new("--root") { Description = "Keep store, state, cache and configuration under DIR", HelpName = "DIR", Recursive = true };

    public Option<string?> File { get; } = new("--file", "-f") { Description = "The profile, or its folder", HelpName = "PATH", Recursive = true };

    public Option<bool> Global { get; } = new("--global", "-g") { Description = "Work on the user profile", Recursive = true };

    public Option<string?> Environment { get; } = new("--environment", "-e") { Description = "One of the profile's named environments", HelpName = "NAME", Recursive = true };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Print results and errors only", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "Print one JSON document", Recursive = true };

    public Option<bool> Offline { get; } = new("--offline") { Description = "Open no network connection", Recursive = true };

    public Option<int> Jobs { get; } = new Option<int>("--jobs", "-j") { Description = "Unpack N packages at once", HelpName = "N", Recursive = true }.NotNegative();

    public Option<string?> Events { get; } = new("--events") { Description = "Tell progress as JSON lines: jsonl on standard error, jsonl:3 on descriptor 3", HelpName = "FORMAT", Recursive = true };

    public IEnumerable<Option> All => [Root, File, Global, Environment, Quiet, Json, Offline, Jobs, Events];
}
