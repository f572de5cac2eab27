using Veridian.Core.Text;
using Veridian.Solver.Indexing;

namespace Veridian.Solver.Presolving;

/// <summary>Turns requirements into demands, or says that one of them can mean nothing (S-3).</summary>
internal static class DemandReader
{
    /// <summary>Null when every requirement that is not optional matches something.</summary>
    public static SolveResult? Read(Problem problem)
    {
        var requirements = problem.Request.Requirements;
        for (var i = 0; i < requirements.Count; i++)
        {
            if (Read(problem, requirements[i], i) is { } refusal)
            {
                return refusal;
            }
        }

        if (problem.Request.Essential)
        {
            AskEssentials(problem);
        }

        return null;
    }

    private static SolveResult? Read(Problem problem, Requirement requirement, int position)
    {
        var index = problem.Index;
        var name = index.FindName(requirement.Relation.Name);
        var isVirtual = name < 0 || problem.Rows.FirstVersion(name) == problem.Rows.EndVersion(name);
        if (name < 0 || isVirtual && problem.Rows.Providers(name).Length == 0)
        {
            return requirement.Optional || IsAssumed(problem, requirement) ? null : Unknown(index, requirement);
        }

        var members = index.Matching(requirement);
        if (members.Count == 0)
        {
            return requirement.Optional ? null : NoVersion(index, requirement, name);
        }

        // A virtual name is requested through its providers.
        for (var i = 0; isVirtual && i < members.Count; i++)
        {
            problem.MarkRequested(problem.Rows.VersionName[members[i]], requirement.Recommends);
        }

        problem.MarkRequested(name, requirement.Recommends);
        problem.Ask([.. members], position, requirement.Optional);
        return null;
    }

    private static bool IsAssumed(Problem problem, Requirement requirement)
    {
        foreach (var name in problem.Request.AssumedPresent)
        {
            if (name == requirement.Relation.Name)
            {
                return true;
            }
        }

        return false;
    }

    private static SolveResult.UnknownName Unknown(PackageIndex index, Requirement requirement) =>
        new(requirement, DidYouMean.Nearest(requirement.Relation.Name, InstallableNames(index), 5));

    private static IEnumerable<string> InstallableNames(PackageIndex index)
    {
        for (var name = 0; name < index.NameCount; name++)
        {
            if (index.Rows.FirstVersion(name) < index.Rows.EndVersion(name) || index.Rows.Providers(name).Length > 0)
            {
                yield return index.NameText(name);
            }
        }
    }

    private static SolveResult.NoMatchingVersion NoVersion(PackageIndex index, Requirement requirement, int name)
    {
        var available = new List<string>();
        for (var version = index.Rows.FirstVersion(name); version < index.Rows.EndVersion(name); version++)
        {
            available.Add(index.VersionText(version));
        }

        if (available.Count == 0)
        {
            foreach (var (version, text) in index.ProvidersOf(name))
            {
                available.Add($"{index.NameText(index.NameOf(version))} {(text.Length > 0 ? text : index.VersionText(version))}");
            }
        }

        return new SolveResult.NoMatchingVersion(requirement, available);
    }

    private static void AskEssentials(Problem problem)
    {
        var rows = problem.Rows;
        var flags = rows.Flags;
        for (var version = 0; version < flags.Length; version++)
        {
            if ((flags[version] & IndexFormat.EssentialFlag) != 0 && rows.FirstVersion(rows.VersionName[version]) == version
                && !IsNamed(problem, rows.VersionName[version], problem.Request.Excluded)
                && !IsNamed(problem, rows.VersionName[version], problem.Request.AssumedPresent))
            {
                problem.Ask(AllVersions(rows, rows.VersionName[version]), -1, false);
            }
        }
    }

    private static bool IsNamed(Problem problem, int name, IReadOnlyList<string> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (problem.Index.NameText(name) == list[i])
            {
                return true;
            }
        }

        return false;
    }

    private static int[] AllVersions(IndexRows rows, int name)
    {
        var all = new int[rows.EndVersion(name) - rows.FirstVersion(name)];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = rows.FirstVersion(name) + i;
        }

        return all;
    }
}
