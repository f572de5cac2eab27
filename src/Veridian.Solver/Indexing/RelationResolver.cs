using System.Runtime.InteropServices;

namespace Veridian.Solver.Indexing;

/// <summary>Turns relations into requirement sets: the versions that satisfy them, best first (I-6).</summary>
internal sealed class RelationResolver(RelationTable relations, VersionRanking ranking)
{
    private readonly int[] setOfRelation = CreateUnknown(relations.Count);
    private readonly int[] seen = new int[ranking.Versions.Length];
    private readonly List<int> members = [];
    private int stamp;

    /// <summary>All sets, as lists of version places.</summary>
    public ListInterner Sets { get; } = new();

    /// <summary>The set of a clause: the members of its relations in turn, each version once.</summary>
    public int SetOf(ReadOnlySpan<int> clause)
    {
        if (clause.Length == 1)
        {
            return SetOfRelation(clause[0]);
        }

        foreach (var relation in clause)
        {
            SetOfRelation(relation);
        }

        Start();
        foreach (var relation in clause)
        {
            foreach (var version in Sets[setOfRelation[relation]])
            {
                Take(version);
            }
        }

        return Sets.Intern(CollectionsMarshal.AsSpan(members));
    }

    private int SetOfRelation(int relation)
    {
        if (setOfRelation[relation] < 0)
        {
            Start();
            var (name, text, kind) = relations[relation];
            var match = new VersionMatch(kind, relations.Texts[text]);
            TakeReal(ranking.NameRank[name], match);
            TakeProviders(ranking.NameRank[name], match);
            setOfRelation[relation] = Sets.Intern(CollectionsMarshal.AsSpan(members));
        }

        return setOfRelation[relation];
    }

    private void TakeReal(int name, VersionMatch match)
    {
        for (var version = ranking.NameVersionStart[name]; version < ranking.NameVersionStart[name + 1]; version++)
        {
            var draft = ranking.Versions[version];
            if (match.Holds(draft.Scheme, draft.VersionText))
            {
                Take(version);
            }
        }
    }

    private void TakeProviders(int name, VersionMatch match)
    {
        for (var i = ranking.NameProviderStart[name]; i < ranking.NameProviderStart[name + 1]; i++)
        {
            // Debian policy 7.5: a name provided without a version satisfies only relations without one.
            var text = ranking.ProviderText[i];
            if (match.IsAny || text != 0 && match.Holds(ranking.Versions[ranking.Provider[i]].Scheme, relations.Texts[text]))
            {
                Take(ranking.Provider[i]);
            }
        }
    }

    private void Start()
    {
        members.Clear();
        stamp++;
    }

    private void Take(int version)
    {
        if (seen[version] != stamp)
        {
            seen[version] = stamp;
            members.Add(version);
        }
    }

    private static int[] CreateUnknown(int count)
    {
        var sets = new int[count];
        Array.Fill(sets, -1);
        return sets;
    }
}
