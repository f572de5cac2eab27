using Veridian.Core.Errors;
using Veridian.Solver.Indexing;

namespace Veridian.Solver.Checking;

/// <summary>Checks a finished selection against index and request alone, sharing nothing with the search (S-14).</summary>
internal static class SelectionCheck
{
    /// <exception cref="VeridianBugException">The selection is wrong.</exception>
    public static void Verify(PackageIndex index, SolveRequest request, IReadOnlyList<int> selection)
    {
        if (Fault(index, request, selection) is { } fault)
        {
            throw new VeridianBugException(
                ErrorCodes.AnswerCheckFailed, $"The solver's answer is wrong and was thrown away: {fault}.", "Report this together with 'vpkg.toml' and 'vpkg.lock'.");
        }
    }

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Fault(PackageIndex index, SolveRequest request, IReadOnlyList<int> selection)
    {
        var versionOf = new int[index.NameCount];
        Array.Fill(versionOf, -1);
        for (var i = 0; i < selection.Count; i++)
        {
            ref var place = ref versionOf[index.NameOf(selection[i])];
            if (place >= 0)
            {
                return $"{Name(index, selection[i])} is in it twice";
            }

            place = selection[i];
        }

        return RequestFault(index, request, versionOf) ?? RowFault(index, Assumed(index, request), versionOf, selection);
    }

    private static string? RequestFault(PackageIndex index, SolveRequest request, int[] versionOf)
    {
        var assumed = Assumed(index, request);
        foreach (var requirement in request.Requirements)
        {
            if (!requirement.Optional && !Any(index, versionOf, assumed, index.Matching(requirement.Relation)))
            {
                return $"the requirement '{requirement.Relation}' is not satisfied";
            }
        }

        foreach (var name in request.Excluded)
        {
            if (index.FindName(name) is var id and >= 0 && versionOf[id] >= 0)
            {
                return $"{name} is excluded";
            }
        }

        foreach (var hold in request.Holds)
        {
            var id = index.FindName(hold.Name);
            if (id >= 0 && versionOf[id] is var held and >= 0 && !Contains(index.Matching(hold), held))
            {
                return $"{Name(index, held)} is held";
            }
        }

        return null;
    }

    private static string? RowFault(PackageIndex index, HashSet<int> assumed, int[] versionOf, IReadOnlyList<int> selection)
    {
        var rows = index.Rows;
        for (var i = 0; i < selection.Count; i++)
        {
            var version = selection[i];
            foreach (var clause in rows.Depends(version))
            {
                if (!AnyOf(index, versionOf, assumed, rows.Members(rows.SetOf(clause))))
                {
                    return $"{Name(index, version)} needs {string.Join(" | ", index.Clause(clause))}";
                }
            }

            foreach (var clause in rows.Conflicts(version))
            {
                foreach (var other in rows.Members(rows.SetOf(clause)))
                {
                    if (versionOf[index.NameOf(other)] == other && index.NameOf(other) != index.NameOf(version))
                    {
                        return $"{Name(index, version)} conflicts with {Name(index, other)}";
                    }
                }
            }
        }

        return null;
    }

    private static bool Any(PackageIndex index, int[] versionOf, HashSet<int> assumed, IReadOnlyList<int> members)
    {
        // A name that the index does not know at all can still be assumed; the caller sees to that.
        if (members.Count == 0)
        {
            return true;
        }

        for (var i = 0; i < members.Count; i++)
        {
            if (versionOf[index.NameOf(members[i])] == members[i] || assumed.Contains(index.NameOf(members[i])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AnyOf(PackageIndex index, int[] versionOf, HashSet<int> assumed, ReadOnlySpan<int> members)
    {
        foreach (var member in members)
        {
            if (versionOf[index.NameOf(member)] == member || assumed.Contains(index.NameOf(member)))
            {
                return true;
            }
        }

        return false;
    }

    private static HashSet<int> Assumed(PackageIndex index, SolveRequest request)
    {
        var assumed = new HashSet<int>();
        foreach (var name in request.AssumedPresent)
        {
            assumed.Add(index.FindName(name));
        }

        return assumed;
    }

    private static bool Contains(IReadOnlyList<int> list, int item)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == item)
            {
                return true;
            }
        }

        return false;
    }

    private static string Name(PackageIndex index, int version) => $"{index.NameText(index.NameOf(version))} {index.VersionText(version)}";
}
