using System.CommandLine;
using Veridian.Cli.Printing;
using Veridian.Core.Errors;
using Veridian.Core.Text;
using Veridian.Engine.Inspecting;

namespace Veridian.Cli.Commands;

internal static class TreeCommand
{
    /// <summary>Every level is two of JSON, and many readers stop at a thousand.</summary>
    private const int DeepestDocument = 400;

    public static Command Create(CommonOptions common)
    {
        var name = new Argument<string?>("NAME") { Description = "Start at this package; at all requested ones without it", Arity = ArgumentArity.ZeroOrOne };
        var invert = new Option<bool>("--invert") { Description = "What needs it, instead of what it needs" };
        var depth = new Option<int>("--depth") { Description = "The deepest level shown", HelpName = "N", DefaultValueFactory = _ => 100 }.NotNegative();
        var command = new Command("tree", "The dependency tree of the environment. Reads: generation or lock. Writes: nothing. Network: never.") { name, invert, depth };
        command.SetAction((parse, _) =>
        {
            var context = CommandContext.Of(parse, common);
            var packages = LockedPackages.Read(context.Workspace).ToDictionary(package => package.Name, StringComparer.Ordinal);
            var roots = Roots(packages, parse.GetValue(name));
            var owners = parse.GetValue(invert) ? Owners(packages) : null;
            if (context.Json)
            {
                var opened = new HashSet<string>(StringComparer.Ordinal);
                var nodes = roots.Select(root => Node(root, Below, opened, Math.Min(parse.GetValue(depth), DeepestDocument) + 1)).ToArray();
                return Task.FromResult(ChangeFlow.PrintJson(context, new TreeDocument("vpkg.tree/1", owners is not null, nodes), DocumentJson.Default.TreeDocument));
            }

            foreach (var root in roots)
            {
                context.Terminal.Result($"{root.Name} {root.Version}");
                foreach (var line in TreeText.Lines(Below(root), package => $"{package.Name} {package.Version}", Below, parse.GetValue(depth)))
                {
                    context.Terminal.Result(line);
                }
            }

            return Task.FromResult(ExitCodes.Done);

            IReadOnlyList<PackageSummary> Below(PackageSummary package) => owners is not null
                ? owners.GetValueOrDefault(package.Name) ?? []
                : [.. package.Depends.Where(packages.ContainsKey).Select(dependency => packages[dependency])];
        });
        return command;
    }

    private static TreeNode Node(PackageSummary package, Func<PackageSummary, IReadOnlyList<PackageSummary>> below, HashSet<string> opened, int depth) => new(
        package.Name, package.Version, package.Requested,
        depth > 0 && opened.Add(package.Name) ? [.. below(package).Select(next => Node(next, below, opened, depth - 1))] : null);

    private static PackageSummary[] Roots(Dictionary<string, PackageSummary> packages, string? name)
    {
        if (name is null)
        {
            return [.. packages.Values.Where(package => package.Requested)];
        }

        return packages.TryGetValue(name, out var root) ? [root] : throw new InvalidInputException(ErrorCodes.NotInProfile,
            $"'{name}' is not in the environment.",
            DidYouMean.Nearest(name, packages.Keys) is { } nearest ? $"Did you mean '{nearest}'?" : "Run 'vpkg list --all' to see what is.");
    }

    private static Dictionary<string, List<PackageSummary>> Owners(Dictionary<string, PackageSummary> packages)
    {
        var owners = new Dictionary<string, List<PackageSummary>>(StringComparer.Ordinal);
        foreach (var package in packages.Values)
        {
            foreach (var dependency in package.Depends)
            {
                if (!owners.TryGetValue(dependency, out var list))
                {
                    owners[dependency] = list = [];
                }

                list.Add(package);
            }
        }

        return owners;
    }
}
