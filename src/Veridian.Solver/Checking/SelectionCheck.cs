using Veridian.Core.Errors;
using Veridian.Solver.Indexing;

namespace Veridian.Solver.Checking;

/// <summary>Checks a finished selection against index and request alone, sharing nothing with the search (S-14).</summary>
internal sealed class SelectionCheck
{
    private const byte Installed = 1;
    private const byte Assumed = 2;

    private readonly PackageIndex index;
    private readonly SolveRequest request;
    private readonly IReadOnlyList<int> selection;
    private readonly byte[] present;

    private SelectionCheck(PackageIndex index, SolveRequest request, IReadOnlyList<int> selection)
    {
        (this.index, this.request, this.selection) = (index, request, selection);
        present = new byte[index.VersionCount];
        for (var i = 0; i < selection.Count; i++)
        {
            present[selection[i]] = Installed;
        }
    }

    /// <exception cref="VeridianBugException">The selection is wrong.</exception>
    public static void Verify(PackageIndex index, SolveRequest request, IReadOnlyList<int> selection)
    {
        var check = new SelectionCheck(index, request, selection);
        if ((check.AssumptionFault() ?? check.RequestFault() ?? check.RowFault()) is { } fault)
        {
            throw new VeridianBugException(
                ErrorCodes.AnswerCheckFailed, $"The solver's answer is wrong and was thrown away: {fault}.", "Report this together with the request.");
        }
    }

    private string? AssumptionFault()
    {
        var assumed = request.AssumedPresent;
        for (var i = 0; i < assumed.Count; i++)
        {
            var name = index.FindName(assumed[i]);
            for (var version = name < 0 ? 0 : index.Rows.FirstVersion(name); name >= 0 && version < index.Rows.EndVersion(name); version++)
            {
                if (present[version] == Installed)
                {
                    return $"{Name(version)} is assumed and installed";
                }

                present[version] = index.IsDead(version) ? (byte)0 : Assumed;
            }
        }

        return null;
    }

    private string? RequestFault()
    {
        for (var i = 0; i < request.Requirements.Count; i++)
        {
            var requirement = request.Requirements[i];
            if (!requirement.Optional && !IsPresent(index.Matching(requirement)) && !IsNamed(request.AssumedPresent, requirement.Relation.Name))
            {
                return $"the requirement '{requirement.Relation}' is not satisfied";
            }
        }

        for (var i = 0; i < selection.Count; i++)
        {
            if (request.Excluded.Count > 0 && IsNamed(request.Excluded, index.NameText(index.NameOf(selection[i]))))
            {
                return $"{Name(selection[i])} is excluded";
            }
        }

        return AgeFault() ?? HoldFault();
    }

    private string? AgeFault()
    {
        for (var i = 0; i < request.Ages.Count; i++)
        {
            var limit = request.Ages[i];
            for (var at = 0; at < selection.Count; at++)
            {
                if (index.Record(selection[at]).Source == limit.Source && limit.Now - limit.LeastAge < index.KnownSince(selection[at]))
                {
                    return $"{Name(selection[at])} is too young";
                }
            }
        }

        return null;
    }

    private string? HoldFault()
    {
        for (var i = 0; i < request.Holds.Count; i++)
        {
            var hold = request.Holds[i].Relation;
            var name = index.FindName(hold.Name);
            var allowed = new List<int>(index.Matching(hold));
            for (var version = name < 0 ? 0 : index.Rows.FirstVersion(name); name >= 0 && version < index.Rows.EndVersion(name); version++)
            {
                if (present[version] == Installed && !allowed.Contains(version))
                {
                    return $"{Name(version)} is held";
                }
            }
        }

        return null;
    }

    private string? RowFault()
    {
        for (var i = 0; i < selection.Count; i++)
        {
            var version = selection[i];
            if ((SiblingFault(version) ?? DependFault(version) ?? ConflictFault(version)) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? SiblingFault(int version)
    {
        var name = index.Rows.VersionName[version];
        for (var other = index.Rows.FirstVersion(name); other < index.Rows.EndVersion(name); other++)
        {
            if (other != version && present[other] == Installed)
            {
                return $"{Name(version)} and {Name(other)} are both in it";
            }
        }

        return null;
    }

    private string? DependFault(int version)
    {
        foreach (var clause in index.Rows.Depends(version))
        {
            if (!IsPresent(index.Rows.Members(index.Rows.SetOf(clause))))
            {
                return $"{Name(version)} needs {string.Join(" | ", index.Clause(clause))}";
            }
        }

        return null;
    }

    private string? ConflictFault(int version)
    {
        foreach (var clause in index.Rows.Conflicts(version))
        {
            foreach (var other in index.Rows.Members(index.Rows.SetOf(clause)))
            {
                if (present[other] == Installed && index.Rows.VersionName[other] != index.Rows.VersionName[version])
                {
                    return $"{Name(version)} conflicts with {Name(other)}";
                }
            }
        }

        return null;
    }

    private bool IsPresent(ReadOnlySpan<int> members)
    {
        foreach (var member in members)
        {
            if (present[member] != 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPresent(IReadOnlyList<int> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (present[members[i]] != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamed(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return true;
            }
        }

        return false;
    }

    private string Name(int version) => $"{index.NameText(index.NameOf(version))} {index.VersionText(version)}";
}
