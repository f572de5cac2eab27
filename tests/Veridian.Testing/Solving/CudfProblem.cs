using System.Globalization;
using System.Text;
using Veridian.Solver;
using Veridian.Solver.Indexing;
using Veridian.Solver.Presolving;

namespace Veridian.Testing.Solving;

/// <summary>A presolved request as a CUDF document with our objective as properties, for optimisers of the Mancoosi family.</summary>
/// <remarks>
/// A version is written as its rank from the back, so that newer is greater. A set with a second choice becomes "first choice, or a
/// package of its own that needs one of the others and costs one": the sum of those is level L3.
/// </remarks>
public sealed class CudfProblem
{
    /// <summary>Levels L1 to L4 in their order.</summary>
    public const string Criteria = "-sum(solution,rlag),-sum(solution,olag),-sum(solution,second),-sum(solution,real)";

    private readonly Problem _problem;
    private readonly StringBuilder _text = new("preamble: \nproperty: rlag: nat = [0], olag: nat = [0], second: nat = [0], real: nat = [0]\n\n");
    private readonly Dictionary<int, string> _setFormula = [];
    private readonly Queue<int> _reached = new();
    private readonly HashSet<int> _known = [];
    private readonly StringBuilder _seconds = new();
    private readonly Dictionary<(string Package, int Version), (int Rlag, int Olag, int Second, int Real)> _costs = [];

    private CudfProblem(Problem problem) => _problem = problem;

    /// <summary>The document.</summary>
    public string Text => _text.ToString();

    /// <summary>How many versions it has.</summary>
    public int Versions => _known.Count;

    /// <summary>Writes the request; null where presolve has the answer already.</summary>
    public static CudfProblem? Of(PackageIndex index, SolveRequest request)
    {
        var problem = new Problem(index, request);
        if (DemandReader.Read(problem) is not null || !new Presolve(problem).Run())
        {
            return null;
        }

        var cudf = new CudfProblem(problem);
        cudf.Write();
        return cudf;
    }

    /// <summary>What an answer costs on L1 to L4, read from a solution document.</summary>
    public (int RequestedLag, int OtherLag, int SecondChoices, int Packages) CostOf(IEnumerable<string> solution)
    {
        var (package, sum) = ("", (Rlag: 0, Olag: 0, Second: 0, Real: 0));
        foreach (var line in solution)
        {
            if (line.StartsWith("package: ", StringComparison.Ordinal))
            {
                package = line[9..].Trim();
            }
            else if (line.StartsWith("version: ", StringComparison.Ordinal))
            {
                var cost = _costs[(package, int.Parse(line[9..], CultureInfo.InvariantCulture))];
                sum = (sum.Rlag + cost.Rlag, sum.Olag + cost.Olag, sum.Second + cost.Second, sum.Real + cost.Real);
            }
        }

        return sum;
    }

    private void Write()
    {
        var wanted = new List<string>();
        foreach (var name in _problem.ForcedNames)
        {
            wanted.Add(Name(name));
            Reach(_problem.Preference(name));
        }

        foreach (var demand in _problem.Demands.Where(demand => Formula(demand.Set).Length > 0))
        {
            var request = $"request{demand.Set}";
            Stanza(request, 1, [Formula(demand.Set)], [], (0, 0, 0, 0));
            wanted.Add(request);
        }

        while (_reached.TryDequeue(out var version))
        {
            WriteVersion(version);
        }

        _text.Append(_seconds).Append("request: \ninstall: ").AppendJoin(", ", wanted.Distinct()).Append('\n');
    }

    private void WriteVersion(int version)
    {
        var name = _problem.Rows.VersionName[version];
        var rows = new List<string>();
        foreach (var clause in _problem.Rows.Depends(version))
        {
            rows.Add(Formula(_problem.Rows.SetOf(clause)));
        }

        var conflicts = new List<int>();
        _problem.AddConflicts(version, conflicts);
        var lag = Array.IndexOf(_problem.Preference(name), version);
        var requested = _problem.IsRequested(name);
        Stanza(Name(name), Number(version), rows.Where(row => row.Length > 0),
            [Name(name), .. conflicts.Where(_problem.IsViable).Select(Version)],
            (requested ? lag : 0, requested ? 0 : lag, 0, 1));
    }

    /// <summary>Empty for a set that every selection satisfies.</summary>
    private string Formula(int set)
    {
        if (!_setFormula.TryGetValue(set, out var formula))
        {
            _setFormula[set] = formula = _problem.IsCertain(set) ? "" : Spell(set);
        }

        return formula;
    }

    private string Spell(int set)
    {
        var members = _problem.Members(set).ToArray().Where(_problem.IsViable).ToArray();
        if (members.Length == 0)
        {
            return "false!";
        }

        Reach(members);
        var first = _problem.Rows.VersionName[members[0]];
        var firsts = members.Where(member => _problem.Rows.VersionName[member] == first).Select(Version);
        var others = members.Where(member => _problem.Rows.VersionName[member] != first).Select(Version).ToArray();
        if (others.Length > 0)
        {
            var second = $"second{set}";
            _costs[(second, 1)] = (0, 0, 1, 0);
            _seconds.Append(CultureInfo.InvariantCulture, $"package: {second}\nversion: 1\ndepends: {string.Join(" | ", others)}\nsecond: 1\n\n");
            firsts = firsts.Append(second);
        }

        return string.Join(" | ", firsts);
    }

    private void Reach(int[] versions)
    {
        foreach (var version in versions.Where(_known.Add))
        {
            _reached.Enqueue(version);
        }
    }

    private void Stanza(string package, int version, IEnumerable<string> depends, IReadOnlyList<string> conflicts, (int Rlag, int Olag, int Second, int Real) costs)
    {
        _costs[(package, version)] = costs;
        _text.Append(CultureInfo.InvariantCulture, $"package: {package}\nversion: {version}\n");
        var rows = depends.ToArray();
        if (rows.Length > 0)
        {
            _text.Append("depends: ").AppendJoin(", ", rows).Append('\n');
        }

        if (conflicts.Count > 0)
        {
            _text.Append("conflicts: ").AppendJoin(", ", conflicts).Append('\n');
        }

        _text.Append(CultureInfo.InvariantCulture, $"rlag: {costs.Rlag}\nolag: {costs.Olag}\nreal: {costs.Real}\n\n");
    }

    private string Version(int version) => $"{Name(_problem.Rows.VersionName[version])} = {Number(version)}";

    private int Number(int version) => _problem.Rows.EndVersion(_problem.Rows.VersionName[version]) - version;

    // CUDF has a smaller alphabet than we do; a number is always a name of it.
    private static string Name(int name) => $"p{name.ToString(CultureInfo.InvariantCulture)}";
}
