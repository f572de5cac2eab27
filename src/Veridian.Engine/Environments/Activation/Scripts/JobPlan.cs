namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Divides the scripts of an environment into jobs that see no more than they may: what their packages depend on.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-2, A-4, A-13. A pure function of the packages.</remarks>
internal sealed class JobPlan
{
    private const string BaseName = "base";

    private readonly IReadOnlyList<PackageControl> _packages;
    private readonly IReadOnlyList<IReadOnlyList<int>> _dependencies;
    private readonly IReadOnlyCollection<int>?[] _closures;
    private readonly HashSet<int> _needed;
    private readonly HashSet<int> _base;

    /// <summary>Looks at the packages.</summary>
    /// <param name="packages">All packages, by name.</param>
    /// <param name="needed">Numbers of those whose postinst has to run.</param>
    public JobPlan(IReadOnlyList<PackageControl> packages, IEnumerable<int> needed)
    {
        _packages = packages;
        Order = ScriptOrder.Of(packages);
        _dependencies = ScriptOrder.Dependencies(packages);
        _closures = new IReadOnlyCollection<int>?[packages.Count];
        _needed = [.. needed];
        _base = [.. Enumerable.Range(0, packages.Count).Where(index => packages[index].Entry?.Essential == true).SelectMany(Closure)];
    }

    /// <summary>All packages in the order of configuration.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>The essential packages and what they depend on: every view holds them.</summary>
    public IReadOnlySet<int> Base => _base;

    /// <summary>The jobs that configure: one for the base, one for each other package. Each comes after those it sees.</summary>
    /// <param name="edges">For a job the names of earlier ones that it has to see although nothing depends on them.</param>
    public IReadOnlyList<ScriptJob> Configuring(ILookup<string, string> edges)
    {
        var jobs = new List<ScriptJob>();
        var ofBase = Order.Where(index => _needed.Contains(index) && _base.Contains(index)).ToList();
        if (ofBase.Count > 0)
        {
            jobs.Add(Job(BaseName, [.. ofBase.Select(index => new ScriptStep(index, null))], ofBase, jobs, edges));
        }

        foreach (var index in Order.Where(index => _needed.Contains(index) && !_base.Contains(index)))
        {
            jobs.Add(Job(_packages[index].Package.Name, [new ScriptStep(index, null)], [index], jobs, edges));
        }

        return jobs;
    }

    /// <summary>The jobs of one round of triggers.</summary>
    /// <param name="round">Its number, for their names.</param>
    /// <param name="calls">Which packages are called with which names, in order, and which packages have set these off.</param>
    /// <param name="earlier">All jobs before this round.</param>
    /// <param name="edges">As for <see cref="Configuring"/>.</param>
    public IReadOnlyList<ScriptJob> Triggered(
        int round, IEnumerable<(int Package, IReadOnlyList<string> Names, IReadOnlyList<int> By)> calls, IReadOnlyList<ScriptJob> earlier, ILookup<string, string> edges)
    {
        var jobs = new List<ScriptJob>(earlier);
        foreach (var (package, names, by) in calls)
        {
            jobs.Add(Job($"{_packages[package].Package.Name} triggered {round}", [new ScriptStep(package, names)], [package, .. by], jobs, edges));
        }

        return jobs;
    }

    private ScriptJob Job(string name, IReadOnlyList<ScriptStep> steps, IEnumerable<int> packages, List<ScriptJob> earlier, ILookup<string, string> edges)
    {
        var wanted = edges[name].ToHashSet(StringComparer.Ordinal);
        var members = packages.SelectMany(Closure).Concat(_base).Concat(earlier.Where(job => wanted.Contains(job.Name)).SelectMany(job => job.Members)).ToHashSet();
        var before = Enumerable.Range(0, earlier.Count).Where(number => earlier[number].Steps.Any(step => members.Contains(step.Package))).ToList();
        return new ScriptJob { Name = name, Steps = steps, Members = [.. members.Order()], Before = before };
    }

    private IReadOnlyCollection<int> Closure(int package)
    {
        if (_closures[package] is { } known)
        {
            return known;
        }

        var closure = new HashSet<int> { package };
        var open = new Stack<int>(closure);
        while (open.TryPop(out var at))
        {
            foreach (var next in _dependencies[at].Where(closure.Add))
            {
                open.Push(next);
            }
        }

        return _closures[package] = closure;
    }
}
