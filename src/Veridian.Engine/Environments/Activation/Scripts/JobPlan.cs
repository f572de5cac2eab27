namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Divides the scripts of an environment into jobs that see no more than they may: what their packages depend on.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-2, A-4, A-13. A pure function of the packages.</remarks>
internal sealed class JobPlan
{
    private const string BaseName = "base";

    private readonly IReadOnlyList<PackageControl> _packages;
    private readonly IReadOnlyList<IReadOnlyList<int>> _dependencies;
    private readonly IReadOnlyCollection<int>?[] _closures;
    private readonly ILookup<string, int> _ofSource;
    private readonly HashSet<int> _needed;
    private readonly HashSet<int> _prepared;
    private readonly HashSet<int> _base;
    private readonly int[] _places;

    /// <summary>Looks at the packages.</summary>
    /// <param name="packages">All packages, by name.</param>
    /// <param name="needed">Numbers of those whose postinst has to run.</param>
    /// <param name="prepared">Numbers of those whose preinst has to run; that of the base never does, which is what scripts run on.</param>
    public JobPlan(IReadOnlyList<PackageControl> packages, IEnumerable<int> needed, IEnumerable<int> prepared)
    {
        _packages = packages;
        Order = ScriptOrder.Of(packages);
        _places = new int[packages.Count];
        foreach (var (place, index) in Order.Index())
        {
            _places[index] = place;
        }

        _dependencies = ScriptOrder.Dependencies(packages);
        _ofSource = Enumerable.Range(0, packages.Count).ToLookup(index => packages[index].Source, StringComparer.Ordinal);
        _closures = new IReadOnlyCollection<int>?[packages.Count];
        _needed = [.. needed];
        _prepared = [.. prepared];
        _base = [.. Enumerable.Range(0, packages.Count).Where(index => packages[index].Entry?.Essential == true).SelectMany(Closure)];
    }

    /// <summary>Numbers of packages that vpkg itself marks as set up, and whose scripts do not.</summary>
    public IReadOnlyList<int> Marked { get; init; } = [];

    /// <summary>All packages in the order of configuration.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>The essential packages and what they depend on: every view holds them.</summary>
    public IReadOnlySet<int> Base => _base;

    /// <summary>The jobs that prepare and configure: one for the base, one for each script of another package. Each comes after those it sees.</summary>
    /// <param name="edges">For a job the names of earlier ones that it has to see although nothing depends on them.</param>
    public IReadOnlyList<ScriptJob> Configuring(ILookup<string, string> edges)
    {
        var jobs = new List<ScriptJob>();
        var ofBase = Order.Where(index => _needed.Contains(index) && _base.Contains(index)).ToList();
        if (ofBase.Count > 0)
        {
            jobs.Add(Job(BaseName, [.. ofBase.Select(index => new ScriptStep(index, ScriptKind.Configure, []))], ofBase.SelectMany(Closure), jobs, edges));
        }

        foreach (var index in Order.Where(index => !_base.Contains(index)))
        {
            if (_prepared.Contains(index))
            {
                // Not unpacked yet: it sees what it depends on, and not itself.
                jobs.Add(Job($"{_packages[index].Package.Name} preinst", [new ScriptStep(index, ScriptKind.Prepare, [])], Closure(index).Where(member => member != index), jobs, edges));
            }

            if (_needed.Contains(index))
            {
                jobs.Add(Job(_packages[index].Package.Name, [new ScriptStep(index, ScriptKind.Configure, [])], View(index), jobs, edges));
            }
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
            jobs.Add(Job($"{_packages[package].Package.Name} triggered {round}", [new ScriptStep(package, ScriptKind.Trigger, names)], by.SelectMany(Closure).Concat(View(package)), jobs, edges));
        }

        return jobs;
    }

    /// <summary>The jobs that make indexes, when all else is done.</summary>
    /// <param name="calls">As <see cref="IndexRound"/> gives them.</param>
    /// <param name="earlier">All jobs before.</param>
    /// <param name="edges">As for <see cref="Configuring"/>.</param>
    public IReadOnlyList<ScriptJob> Indexing(IEnumerable<(int Package, IndexCall Call, IReadOnlyList<int> By)> calls, IReadOnlyList<ScriptJob> earlier, ILookup<string, string> edges)
    {
        var jobs = new List<ScriptJob>(earlier);
        foreach (var (package, call, by) in calls)
        {
            var seen = Closure(package).Concat(call.Tool.Loads ? by.SelectMany(Closure) : by);
            jobs.Add(Job($"{call.Tool.Effect} {call.Folder}", [new ScriptStep(package, ScriptKind.Index, []) { Index = call }], seen, jobs, edges));
        }

        return jobs;
    }

    private ScriptJob Job(string name, IReadOnlyList<ScriptStep> steps, IEnumerable<int> seen, List<ScriptJob> earlier, ILookup<string, string> edges)
    {
        var wanted = edges[name].ToHashSet(StringComparer.Ordinal);
        var members = seen.Concat(_base).Concat(earlier.Where(job => wanted.Contains(job.Name)).SelectMany(job => job.Members)).ToHashSet();
        var before = Enumerable.Range(0, earlier.Count).Where(number => earlier[number].Steps.Any(step => members.Contains(step.Package))).ToList();
        return new ScriptJob { Name = name, Steps = steps, Members = [.. members.Order()], Before = before, Marked = [.. Marked.Where(index => members.Contains(index) && IsConfigured(index, steps[0]))] };
    }

    /// <summary>Whether the turn of a package has come before a step's.</summary>
    private bool IsConfigured(int package, ScriptStep step) => step.Kind is ScriptKind.Trigger or ScriptKind.Index || _places[package] < _places[step.Package];

    /// <summary>What a package depends on, and what was built from the same source: an extension looks for its interpreter, on which it need not depend.</summary>
    private IEnumerable<int> View(int package) => _ofSource[_packages[package].Source].SelectMany(Closure);

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
