using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Core.Text;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class WhyCommand
{
    public static Command Create(CommonOptions common)
    {
        var name = new Argument<string>("NAME") { Description = "A package of the environment" };
        var command = new Command("why", "Why a package is in the environment. Reads: generation or lock. Writes: nothing. Network: never.") { name };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            var packages = LockedPackages.Read(context.Workspace);
            var wanted = parse.GetValue(name)!;
            var why = NeedChains.Find(packages, wanted) ?? throw NotThere(packages, wanted);
            if (context.Json)
            {
                return Task.FromResult(ChangeFlow.PrintJson(context, new WhyDocument(
                    "vpkg.why/1", why.Package.Name, why.Package.Version, why.Package.Essential,
                    [.. why.Chains.Select(chain => chain.Select(package => package.Name).ToArray())]), DocumentJson.Default.WhyDocument));
            }

            foreach (var line in Lines(why))
            {
                context.Terminal.Result(line);
            }

            return Task.FromResult(ExitCodes.Done);
        });
        return command;
    }

    private static IEnumerable<string> Lines(NeedChains why)
    {
        yield return $"{why.Package.Name} {why.Package.Version}";
        foreach (var chain in why.Chains)
        {
            var root = chain[0];
            var kind = root.Requested ? "requested" : "essential";
            yield return chain.Count == 1
                ? $"  {kind}"
                : $"  {kind}: {string.Join(" -> ", chain.Select(package => package.Name))}";
        }
    }

    private static InvalidInputException NotThere(IReadOnlyList<PackageSummary> packages, string name) => new(ErrorCodes.NotInProfile,
        $"'{name}' is not in the environment.",
        DidYouMean.Nearest(name, packages.Select(package => package.Name)) is { } nearest ? $"Did you mean '{nearest}'?" : $"Run 'vpkg why-not {name}' to see what it would take.");
}
