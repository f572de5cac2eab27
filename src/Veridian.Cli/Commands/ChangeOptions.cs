using System.CommandLine;

namespace Veridian.Cli.Commands;

/// <summary>Options of the verbs that make a new generation.</summary>
internal sealed class ChangeOptions
{
    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "Answer every question with yes" };

    public Option<bool> DryRun { get; } = new("--dry-run", "-n") { Description = "Show the plan and change nothing" };

    public Option<bool> Locked { get; } = new("--locked") { Description = "Fail if the lock would have to change" };

    public Option<bool> Frozen { get; } = new("--frozen") { Description = "Realise the lock as it stands; needs no metadata" };

    public Option<bool> Refresh { get; } = new("--refresh") { Description = "Fetch the repositories' metadata anew" };

    public Option<string?> Solver { get; } = Make();

    public Option<int> SolveTimeout { get; } = new Option<int>("--solve-timeout")
    {
        Description = "Stop looking for a better answer after N seconds; 0 for never",
        HelpName = "N",
        DefaultValueFactory = _ => 60,
    }.NotNegative();

    public Option<string?> AsOf { get; } = new("--as-of")
    {
        Description = "Solve with the repositories as they were then: 2026-05-01, or 2026-05-01T12:00:00Z",
        HelpName = "TIME",
    };

    public IEnumerable<Option> All => [Yes, DryRun, Locked, Frozen, Refresh, Solver, SolveTimeout, AsOf];

    /// <summary>Gives them all to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    private static Option<string?> Make()
    {
        var option = new Option<string?>("--solver") { Description = "auto, or z3 to skip the short cut (same answer)", HelpName = "NAME" };
        option.AcceptOnlyFromAmong("auto", "z3");
        return option;
    }
}
