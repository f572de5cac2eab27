using System.Runtime.InteropServices;

namespace Veridian.Solver.Searching;

/// <summary>The part of the clauses that still matters once some assumptions have been propagated.</summary>
/// <remarks>
/// What is open then is taken as false. Most clauses hold that way; those that do not are where the cone starts. A variable that might have to
/// be true to mend one can break only clauses that deny it, and those only if everything else that they deny might be true as well. So
/// the cone grows along denials until nothing new can break: outside it, false is right for everything that is open, and a
/// contradiction inside it is one of the whole.
/// </remarks>
internal sealed class Cone(ClauseLog clauses, UnitPropagation propagation)
{
    private readonly List<List<int>> denials = [[]];
    private readonly List<int> reached = [];
    private readonly Queue<int> fresh = new();
    private int[] stamps = [0];
    private int[] partOf = [0];
    private int stamp;
    private int registered;

    /// <summary>The clauses of the cone in parts that share no open variable; empty when false is right for everything.</summary>
    public List<List<int>> Parts()
    {
        Register();
        stamp++;
        reached.Clear();
        var inside = new List<int>();
        for (var clause = 0; clause < clauses.Count; clause++)
        {
            if (IsViolated(clause))
            {
                Include(clause, inside);
            }
        }

        while (fresh.TryDequeue(out var variable))
        {
            foreach (var clause in denials[variable])
            {
                if (IsViolated(clause))
                {
                    Include(clause, inside);
                }
            }
        }

        return Split(inside);
    }

    /// <summary>Whether the variable is open and might have to be true.</summary>
    public bool IsReached(int variable) => stamps[variable] == stamp;

    /// <summary>Whether it does not hold when everything open is false, except what the cone has reached and could be true.</summary>
    private bool IsViolated(int clause)
    {
        foreach (var literal in clauses[clause])
        {
            var value = propagation.Value(literal);
            if (value > 0 || value == 0 && literal < 0 && !IsReached(-literal))
            {
                return false;
            }
        }

        return true;
    }

    private void Include(int clause, List<int> inside)
    {
        inside.Add(clause);
        foreach (var literal in clauses[clause])
        {
            if (literal > 0 && propagation.Value(literal) == 0 && !IsReached(literal))
            {
                stamps[literal] = stamp;
                partOf[literal] = literal;
                reached.Add(literal);
                fresh.Enqueue(literal);
            }
        }
    }

    /// <summary>Takes in new clauses.</summary>
    private void Register()
    {
        var count = clauses.VariableCount + 1;
        if (count > stamps.Length)
        {
            Array.Resize(ref stamps, count * 2);
            Array.Resize(ref partOf, count * 2);
        }

        while (denials.Count < count)
        {
            denials.Add([]);
        }

        for (; registered < clauses.Count; registered++)
        {
            foreach (var literal in clauses[registered])
            {
                if (literal < 0)
                {
                    denials[-literal].Add(registered);
                }
            }
        }
    }

    private List<List<int>> Split(List<int> inside)
    {
        foreach (var clause in inside)
        {
            var first = 0;
            foreach (var literal in clauses[clause])
            {
                if (propagation.Value(literal) == 0)
                {
                    var root = Root(Math.Abs(literal));
                    first = first == 0 ? root : first;
                    partOf[root] = first;
                }
            }
        }

        var parts = new Dictionary<int, List<int>>();
        var order = new List<List<int>>();
        foreach (var clause in inside)
        {
            ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(parts, Root(OpenVariable(clause)), out var known);
            if (!known)
            {
                order.Add(part = []);
            }

            part!.Add(clause);
        }

        return order;
    }

    private int OpenVariable(int clause)
    {
        foreach (var literal in clauses[clause])
        {
            if (propagation.Value(literal) == 0)
            {
                return Math.Abs(literal);
            }
        }

        return 0;
    }

    private int Root(int variable)
    {
        while (partOf[variable] != variable)
        {
            variable = partOf[variable] = partOf[partOf[variable]];
        }

        return variable;
    }
}
