using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Core.Units;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class InfoCommand
{
    public static Command Create(CommonOptions common)
    {
        var spec = new Argument<string?>("SPEC") { Description = "A name, or a spec that selects one of its versions", Arity = ArgumentArity.ZeroOrOne };
        var activation = new Option<bool>("--activation") { Description = "What was done, and what was not, to make the environment's packages ready to run" };
        var refresh = new Option<bool>("--refresh") { Description = "Fetch the repositories' metadata anew" };
        var command = new Command("info", "What is known of a package. Reads: lock, metadata. Writes: the metadata cache. Network: only when metadata is missing.") { spec, refresh, activation };
        command.Aliases.Add("show");
        command.SetAction(async (parse, cancellationToken) =>
        {
            var context = CommandContext.Of(parse, common, new() { Refresh = parse.GetValue(refresh) });
            var wanted = parse.GetValue(spec);
            if (parse.GetValue(activation))
            {
                return Activation(context, wanted);
            }

            var details = await PackageDetails.FindAsync(
                context.Workspace,
                wanted ?? throw new InvalidInputException(ErrorCodes.Usage, "No package is named.", "Run 'vpkg info NAME'."),
                cancellationToken);
            if (context.Json)
            {
                return ChangeFlow.PrintJson(context, new InfoDocument("vpkg.info/1", details), DocumentJson.Default.InfoDocument);
            }

            foreach (var line in Lines(details))
            {
                context.Terminal.Result(line);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static int Activation(CommandContext context, string? name)
    {
        var report = ActivationReport.Read(context.Workspace);
        var packages = report.Packages.Where(package => name is null || package.Package == name).ToArray();
        if (context.Json)
        {
            return ChangeFlow.PrintJson(context, new ActivationDocument("vpkg.activation/2", report.Layer, packages), DocumentJson.Default.ActivationDocument);
        }

        foreach (var line in packages.SelectMany(package => Lines(package, withLogs: name is not null)))
        {
            context.Terminal.Result(line);
        }

        if (name is null && report.Layer.Length > 0)
        {
            context.Terminal.Result($"Digest of what scripts did: {report.Layer}");
        }

        return ExitCodes.Done;
    }

    private static IEnumerable<string> Lines(PackageActivation package, bool withLogs)
    {
        yield return $"{package.Package}{(package.Applied.Count > 0 ? $"  done: {string.Join(", ", package.Applied)}" : "")}";
        foreach (var script in package.Ran)
        {
            yield return $"   ran: {script.Script} {script.Digest[..16]}, exit code {script.ExitCode}";
            foreach (var line in withLogs ? script.Log?.TrimEnd('\n').Split('\n') ?? ["(the cache has no log of it any more)"] : [])
            {
                yield return $"      {line}";
            }
        }

        foreach (var script in package.Skipped)
        {
            yield return $"   not run: {script}";
        }
    }

    private static IEnumerable<string> Lines(PackageDetails details)
    {
        (string Label, string Value)[] rows =
        [
            ("Name", details.Name), ("Version", details.Version), ("Description", details.Description), ("Installed", details.Installed),
            ("Repository", details.Repository), ("Architecture", details.Architecture), ("Section", details.Section), ("Homepage", details.Homepage),
            ("Maintainer", details.Maintainer), ("Source", details.Source), ("Depends", details.Depends), ("Recommends", details.Recommends),
            ("Provides", details.Provides), ("Download size", new ByteCount(details.DownloadBytes).ToString()),
            ("Install size", new ByteCount(details.InstalledBytes).ToString()), ("SHA-256", details.Sha256), ("Signed by", string.Join(", ", details.Signers)),
            ("Store path", details.StorePath), ("Versions", string.Join(", ", details.Versions)),
        ];
        foreach (var (label, value) in rows)
        {
            if (value.Length > 0)
            {
                yield return $"{label + ":",-15}{value}";
            }
        }

        if (details.LongDescription.Length > 0)
        {
            yield return "";
            foreach (var line in details.LongDescription.Split('\n'))
            {
                yield return line;
            }
        }
    }
}
