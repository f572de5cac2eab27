using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class ListCommand
{
    public static Command Create(CommonOptions common)
    {
        var all = new Option<bool>("--all", "-a") { Description = "Also what was not asked for by name" };
        var command = new Command("list", "What is in the environment. Reads: generation or lock. Writes: nothing. Network: never.") { all };
        command.Aliases.Add("ls");
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            var packages = LockedPackages.Read(context.Workspace);
            if (context.Json)
            {
                return Task.FromResult(ChangeFlow.PrintJson(context, new ListDocument("vpkg.list/1", packages), DocumentJson.Default.ListDocument));
            }

            var shown = packages.Where(package => package.Requested || parse.GetValue(all)).ToArray();
            foreach (var line in Table.Lines([.. shown.Select(package => new[] { package.Name, package.Version, package.Description })]))
            {
                context.Terminal.Result(line);
            }

            if (shown.Length < packages.Count)
            {
                context.Terminal.Note($"and {packages.Count - shown.Length} more that these need ('vpkg list --all')");
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }
}
