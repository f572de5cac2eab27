using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Applying;
using Veridian.Engine.Editing;
using Veridian.Engine.ProcessMemory;
using Veridian.Engine.Running;

namespace Veridian.Cli.Commands;

/// <summary>Which environment a command runs in: the profile's, or one made for it of the packages named.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-30.</remarks>
internal sealed class AdHocOptions
{
    private readonly Option<string[]> _packages = new("--package", "-p") { Description = "Use this package instead of the profile; may be repeated", HelpName = "SPEC", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _refresh = new("--refresh") { Description = "With -p: take the newest versions" };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "With -p: answer every question with yes" };

    public void AddTo(Command command)
    {
        command.Add(_packages);
        command.Add(_refresh);
        command.Add(_yes);
    }

    /// <summary>The launcher of the environment that is meant, made first where that is needed.</summary>
    public async Task<string> LauncherAsync(ParseResult parse, CommonOptions common, CancellationToken cancellationToken)
    {
        var (specs, refresh) = (parse.GetValue(_packages) ?? [], parse.GetValue(_refresh));
        var context = CommandContext.Of(parse, common, new() { Refresh = refresh });
        var workspace = context.Workspace;
        if (specs.Length > 0)
        {
            workspace = workspace with { Profile = AdHocEnvironment.Of(workspace.Locations, specs) };
            if (refresh || CurrentLauncher.TryPathOf(workspace.Locations, workspace.Profile) is null)
            {
                await MakeAsync(context.Terminal, workspace, specs, parse.GetValue(_yes) || CommandContext.IsSet("VPKG_YES"), refresh, cancellationToken);
            }
        }

        var launcher = CurrentLauncher.PathOf(workspace.Locations, workspace.Profile);
        RootUse.Touch(workspace.Locations, workspace.Profile, workspace.Time);
        return launcher;
    }

    /// <summary>Applies the profile of these packages. Standard output belongs to the command that is run afterwards.</summary>
    private static async Task MakeAsync(Terminal terminal, Engine.Workspace workspace, string[] specs, bool yes, bool refresh, CancellationToken cancellationToken)
    {
        var text = AdHocEnvironment.Profile(specs);
        ProfileEdits.Save(workspace, () => text, cancellationToken);
        CollectorPause.Begin();
        using var session = ApplySession.Begin(workspace, cancellationToken);
        var plan = await session.PlanAsync(new ApplyRequest { Command = $"run -p {string.Join(" -p ", specs)}", Move = refresh ? [] : null }, cancellationToken);
        if (plan.NothingToDo)
        {
            return;
        }

        if (!ChangeFlow.Confirm(terminal, plan, yes, shown: false))
        {
            throw new OperationCanceledException();
        }

        await session.RunAsync(plan, cancellationToken);
        terminal.ClearStatus();
    }
}
