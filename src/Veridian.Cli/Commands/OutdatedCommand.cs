using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class OutdatedCommand
{
    public static Command Create(CommonOptions common)
    {
        var refresh = new Option<bool>("--refresh") { Description = "Fetch the repositories' metadata anew" };
        var command = new Command("outdated", "Packages of which the repositories have something newer. Reads: lock, metadata. Writes: the metadata cache. Network: only when metadata is missing.") { refresh };
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, new() { Refresh = parse.GetValue(refresh) });
            var outdated = await OutdatedPackages.FindAsync(context.Workspace, cancellationToken);
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new OutdatedDocument("vpkg.outdated/1", outdated), DocumentJson.Default.OutdatedDocument);
            }

            foreach (var line in Table.Lines([.. outdated.Select(package => new[] { package.Name, $"{package.Current} -> {package.Newest}" })]))
            {
                context.Terminal.Result(line);
            }

            if (outdated.Count == 0)
            {
                context.Terminal.Result("All packages are up to date.");
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
