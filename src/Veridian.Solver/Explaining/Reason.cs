using Veridian.Solver.Indexing;

namespace Veridian.Solver.Explaining;

/// <summary>One statement that a conflict may rest on. All versions of a name that have the same row share one reason.</summary>
/// <param name="Kind">What is stated.</param>
/// <param name="Subject">The name it is stated of; -1 for a requirement.</param>
/// <param name="Clause">The row; for a requirement its position in the request or -1 for an essential package.</param>
/// <param name="Set">The versions asked for, needed or refused; -1 where the name itself is forbidden.</param>
internal readonly record struct Reason(ConflictKind Kind, int Subject, int Clause, int Set)
{
    /// <summary>Reasons of equal texts are of one kind, of one name and about the same names: they differ in versions only. Null for a reason that stands alone.</summary>
    public string? Family(PackageIndex index) => Kind is ConflictKind.Needs or ConflictKind.ConflictsWith
        ? $"{Kind} {Subject} {string.Join('|', index.Clause(Clause).Select(relation => relation.Name))}"
        : null;
}
