namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>The order in which packages are configured: each after all that it depends on; in a circle, by name.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-4. It depends on the packages only, not on the order they are given in.</remarks>
internal sealed class ScriptOrder
{
    private readonly IReadOnlyList<PackageControl> _packages;
    private readonly ILookup<string, int> _providers;
    private readonly List<int> _order = [];
    private readonly bool[] _seen;

    private ScriptOrder(IReadOnlyList<PackageControl> packages)
    {
        _packages = packages;
        _seen = new bool[packages.Count];
        _providers = packages.SelectMany((package, index) => Names(package).Select(name => (name, index))).ToLookup(pair => pair.name, pair => pair.index, StringComparer.Ordinal);
    }

    /// <summary>The numbers of all packages in order.</summary>
    /// <param name="packages">By name.</param>
    public static IReadOnlyList<int> Of(IReadOnlyList<PackageControl> packages)
    {
        var order = new ScriptOrder(packages);
        foreach (var index in Enumerable.Range(0, packages.Count).OrderByDescending(index => packages[index].Entry?.Essential == true))
        {
            order.Visit(index);
        }

        return order._order;
    }

    /// <summary>For each package the numbers of those that it depends on directly.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Dependencies(IReadOnlyList<PackageControl> packages)
    {
        var order = new ScriptOrder(packages);
        return [.. Enumerable.Range(0, packages.Count).Select(index => order.DependenciesOf(index).ToArray())];
    }

    private static IEnumerable<string> Names(PackageControl package) =>
        (package.Entry?.Provides.Select(provided => provided.Name) ?? []).Prepend(package.Package.Name).Distinct();

    private IEnumerable<int> DependenciesOf(int index) =>
        (_packages[index].Entry?.Depends ?? []).SelectMany(row => row).SelectMany(relation => _providers[relation.Name]).Where(other => other != index).Distinct();

    private void Visit(int index)
    {
        // Chains of dependencies are short, a few dozen packages at most: recursion is safe.
        if (_seen[index])
        {
            return;
        }

        _seen[index] = true;
        foreach (var dependency in DependenciesOf(index))
        {
            Visit(dependency);
        }

        _order.Add(index);
    }
}
