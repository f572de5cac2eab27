namespace Veridian.Engine.Inspecting;

/// <summary>Why a package is in the environment: the shortest chain from each requested package down to it.</summary>
/// <param name="Package">The package asked about.</param>
/// <param name="Chains">Names from a requested or essential package to this one, shortest first; one of a single name where it is requested or essential itself.</param>
public sealed record NeedChains(PackageSummary Package, IReadOnlyList<IReadOnlyList<PackageSummary>> Chains)
{
    /// <summary>Finds them in the packages of one lock; null where the name is not among them.</summary>
    public static NeedChains? Find(IReadOnlyList<PackageSummary> packages, string name)
    {
        var byName = packages.ToDictionary(package => package.Name, StringComparer.Ordinal);
        if (!byName.TryGetValue(name, out var wanted))
        {
            return null;
        }

        var owners = packages.SelectMany(package => package.Depends.Select(dependency => (Owner: package, dependency)))
            .ToLookup(pair => pair.dependency, pair => pair.Owner, StringComparer.Ordinal);
        var next = new Dictionary<string, PackageSummary?>(StringComparer.Ordinal) { [name] = null };
        var reached = new Queue<PackageSummary>([wanted]);
        var roots = new List<PackageSummary>();
        while (reached.TryDequeue(out var package))
        {
            if (package.Requested || package.Essential)
            {
                roots.Add(package);
            }

            foreach (var owner in owners[package.Name].Where(owner => next.TryAdd(owner.Name, package)))
            {
                reached.Enqueue(owner);
            }
        }

        // What is asked for by name explains more than what every environment has.
        roots = roots.Exists(root => root.Requested) ? roots.FindAll(root => root.Requested) : roots;
        return new NeedChains(wanted, [.. roots.Select(root => Chain(root, next))]);
    }

    private static List<PackageSummary> Chain(PackageSummary root, Dictionary<string, PackageSummary?> next)
    {
        var chain = new List<PackageSummary>();
        for (var at = root; at is not null; at = next[at.Name])
        {
            chain.Add(at);
        }

        return chain;
    }
}
