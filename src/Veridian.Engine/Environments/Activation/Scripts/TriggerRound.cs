using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Which packages wait for which triggers, and which of these have been set off.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-11. dpkg's rule for one big installation: each package is called once with all its triggers, at the end.</remarks>
internal sealed class TriggerRound
{
    private readonly EnvironmentPlan _plan;
    private readonly IReadOnlyList<PackageControl> _packages;
    private readonly TriggerLines[] _lines;

    /// <summary>Reads the triggers of all packages.</summary>
    public TriggerRound(EnvironmentPlan plan, IReadOnlyList<PackageControl> packages)
    {
        (_plan, _packages) = (plan, packages);
        _lines = [.. packages.Select(package => package.Contents.Script("triggers") is { } bytes ? TriggerLines.Read(bytes.Span) : TriggerLines.None)];
    }

    /// <summary>Names that the packages themselves set off, by being there.</summary>
    public IReadOnlySet<string> Initial()
    {
        var names = _lines.SelectMany(lines => lines.Activations).ToHashSet(StringComparer.Ordinal);
        for (var owner = 0; owner < _lines.Length; owner++)
        {
            names.UnionWith(_lines[owner].Interests.Where(name => name.StartsWith('/') && IsFilled(name, owner)));
        }

        return names;
    }

    /// <summary>The calls that triggers lead to: a package's number, and the names that it is called with.</summary>
    /// <param name="activated">Names that have been set off.</param>
    /// <param name="order">The order of configuration.</param>
    public IEnumerable<(int Package, IReadOnlyList<string> Names)> Calls(IReadOnlySet<string> activated, IReadOnlyList<int> order) =>
        from index in order
        where _packages[index].Contents.Script("postinst") is not null
        let names = _lines[index].Interests.Where(name => activated.Contains(name) && !NativeTriggers.Contains(name)).Distinct().Order(StringComparer.Ordinal).ToList()
        where names.Count > 0
        select (index, (IReadOnlyList<string>)names);

    /// <summary>Whether a package other than the one that waits has something at a path.</summary>
    private bool IsFilled(string trigger, int waiting)
    {
        if (TreePath.FromAbsolute(trigger.TrimEnd('/')) is not { } path)
        {
            return false;
        }

        return _plan.Root.Find(path) is { } directory
            ? directory.AllFiles().Exists(file => file.Owner >= 0 && file.Owner != waiting)
            : _plan.Root.Find(TreePath.Parent(path))?.Files.TryGetValue(TreePath.Name(path), out var file) == true && file.Owner >= 0 && file.Owner != waiting;
    }
}
