using Veridian.Solver.Z3;

namespace Veridian.Solver.Searching;

/// <summary>
/// Gathers many optional requirements that go together before the fewest losses are proved: where there are hundreds, the proof may not end
/// in time, and the best selection so far is the answer then (S-19). What is proved does not depend on it.
/// </summary>
internal sealed class OptionalGrowth(Softs softs, UnitPropagation propagation, Questions questions)
{
    /// <summary>Below this number the proof is quicker than the gathering.</summary>
    private const int Many = 64;

    private const int Portions = 10;
    private const int MostTries = 40;

    /// <summary>Negatives of the losses that the best selection so far does without.</summary>
    private readonly HashSet<int> kept = [];

    /// <summary>The first time takes all at once that go together as far as propagation sees; later ones add to them in portions.</summary>
    public void Run()
    {
        var losses = softs.Current == Level.Optional ? softs.Unpaid().ConvertAll(variable => -variable) : [];
        var open = losses.FindAll(loss => !kept.Contains(loss));
        if (losses.Count < Many || open.Count == 0)
        {
            return;
        }

        var closed = softs.Assumptions().Except(losses).ToArray();
        foreach (var portion in open.Chunk(kept.Count == 0 ? open.Count : Math.Max(1, open.Count / Portions)))
        {
            var fitting = propagation.Compatible(closed.Concat(kept).Concat(portion)).ToHashSet();
            if (!Add([.. portion.Where(fitting.Contains)], closed, losses))
            {
                return;
            }
        }
    }

    /// <summary>Adds as much of a portion as does not contradict the rest. False when the limits ran out.</summary>
    private bool Add(List<int> portion, int[] closed, List<int> losses)
    {
        for (var tries = 0; portion.Count > 0 && tries < MostTries; tries++)
        {
            var taken = kept.Concat(portion).ToHashSet();
            switch (questions.Ask([.. closed, .. losses.Select(loss => taken.Contains(loss) ? loss : -loss)]))
            {
                case Verdict.Unknown:
                    return false;
                case Verdict.Possible:
                    kept.UnionWith(portion);
                    return true;
            }

            var involved = questions.Cores.SelectMany(core => core).ToHashSet();
            if (portion.RemoveAll(loss => involved.Contains(-loss)) == 0)
            {
                return true;
            }
        }

        return true;
    }
}
