using Veridian.Solver.Searching;

namespace Veridian.Solver;

/// <summary>What a selection costs, most important first; smaller is better. All are counts.</summary>
/// <remarks>Source: <c>spec/solving.md</c> S-8 to S-12.</remarks>
/// <param name="OptionalMissing">Optional requirements that could perhaps be satisfied and are not.</param>
/// <param name="LockDistance">L0: steps away from locked versions.</param>
/// <param name="RequestedLag">L1: steps behind the best version, over requested names.</param>
/// <param name="OtherLag">L2: the same over all other names.</param>
/// <param name="RecommendsMissing">Recommended rows left unsatisfied.</param>
/// <param name="SecondChoices">L3: rows satisfied by another than their first viable alternative.</param>
/// <param name="Packages">L4: packages installed.</param>
public readonly record struct ObjectiveVector(
    int OptionalMissing, int LockDistance, int RequestedLag, int OtherLag, int RecommendsMissing, int SecondChoices, int Packages)
    : IComparable<ObjectiveVector>
{
    /// <summary>Level by level; the smaller one is better.</summary>
    public int CompareTo(ObjectiveVector other) =>
        (OptionalMissing, LockDistance, RequestedLag, OtherLag, RecommendsMissing, SecondChoices, Packages).CompareTo(
            (other.OptionalMissing, other.LockDistance, other.RequestedLag, other.OtherLag, other.RecommendsMissing, other.SecondChoices, other.Packages));

    /// <summary>What no selection can go below when this one is the best on the levels before, and pays at least so much on the next.</summary>
    internal ObjectiveVector BoundAt(Level level, int paid)
    {
        int At(Level of, int cost) => of < level ? cost : of == level ? paid : 0;
        return new ObjectiveVector(
            At(Level.Optional, OptionalMissing), At(Level.Lock, LockDistance), At(Level.Requested, RequestedLag), At(Level.Other, OtherLag),
            At(Level.Recommends, RecommendsMissing), At(Level.SecondChoice, SecondChoices), At(Level.Packages, Packages));
    }

    /// <summary>The seven numbers in order of importance.</summary>
    public override string ToString() =>
        $"{OptionalMissing},{LockDistance},{RequestedLag},{OtherLag},{RecommendsMissing},{SecondChoices},{Packages}";
}
