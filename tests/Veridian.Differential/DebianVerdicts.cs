using Veridian.Core.Packages;
using Veridian.Solver;
using Veridian.Solver.Indexing;

namespace Veridian.Differential;

/// <summary>Asks for every version of every package alone, beside the essential ones: what dose-debcheck does.</summary>
internal sealed class DebianVerdicts(PackageIndex index)
{
    private readonly IReadOnlyList<Requirement> _essential = EssentialPackages.Of(index);

    /// <summary>One line for each version, in the order of the index: <c>name version ok</c> or <c>name version broken REASON-ID</c>.</summary>
    public IReadOnlyList<string> Run()
    {
        var lines = new string[index.VersionCount];
        Parallel.For(0, lines.Length, version => lines[version] = Line(version));
        return lines;
    }

    private string Line(int version)
    {
        var (name, text) = (index.NameText(index.NameOf(version)), index.VersionText(version));
        var asked = new Requirement(new Relation(name, RelationKind.Equal, text), "") { Itself = true };
        var request = new SolveRequest { Requirements = [asked, .. _essential], Holds = [new Hold(asked.Relation, "")] };
        return $"{name} {text} {PackageSolver.Solve(index, request, CancellationToken.None).Match(
            _ => "ok",
            unsolvable => $"broken {Verdict.ReasonId(unsolvable.Conflict)}",
            _ => "broken missing",
            _ => "broken missing",
            _ => "broken timeout")}";
    }
}
