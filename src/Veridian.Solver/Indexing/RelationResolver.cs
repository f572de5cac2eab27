using System.Runtime.InteropServices;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Turns relations into requirement sets: the versions that satisfy them, best first (I-6).</summary>
internal sealed class RelationResolver(RelationTable relations, VersionRanking ranking)
{
    private readonly VersionTexts texts = new(relations.Texts);
    private readonly int[] setOfRelation = new int[relations.Relations.Count]; // plus one
    private readonly int[] seen = new int[ranking.Count];
    private readonly List<int> members = [];
    private int stamp;

    /// <summary>All sets, as lists of version places.</summary>
    public ListTable<int> Sets { get; } = new();

    /// <summary>The set of each clause: the members of its relations in turn, each version once.</summary>
    public int[] SetOfClauses()
    {
        var sets = new int[relations.Clauses.Count];
        for (var clause = 0; clause < sets.Length; clause++)
        {
            var alternatives = relations.Clauses[clause];
            sets[clause] = alternatives.Length == 1 ? SetOfRelation(alternatives[0]) : SetOf(alternatives);
        }

        return sets;
    }

    private int SetOf(ReadOnlySpan<int> alternatives)
    {
        foreach (var relation in alternatives)
        {
            SetOfRelation(relation);
        }

        Start();
        foreach (var relation in alternatives)
        {
            foreach (var version in Sets[setOfRelation[relation] - 1])
            {
                Take(version);
            }
        }

        return Sets.Intern(CollectionsMarshal.AsSpan(members));
    }

    private int SetOfRelation(int relation)
    {
        if (setOfRelation[relation] == 0)
        {
            Start();
            Gather(relations.Relations[relation]);
            setOfRelation[relation] = Sets.Intern(CollectionsMarshal.AsSpan(members)) + 1;
        }

        return setOfRelation[relation] - 1;
    }

    private void Gather(ReadOnlySpan<int> relation)
    {
        var (name, bound, kind) = (ranking.NameRank[relation[0]], relation[1], (RelationKind)relation[2]);
        var constraint = kind == RelationKind.Set ? new VersionMatch(kind, texts.Text(bound)) : null;
        var any = kind == RelationKind.Any || constraint is { IsAny: true };
        for (var version = ranking.NameVersionStart[name]; version < ranking.NameVersionStart[name + 1]; version++)
        {
            if (any || Holds(version, ranking[version].Text, constraint, relation))
            {
                Take(version);
            }
        }

        for (var i = ranking.NameProviderStart[name]; i < ranking.NameProviderStart[name + 1]; i++)
        {
            // Debian policy 7.5: a name provided without a version satisfies only relations without one.
            var (version, provided) = (ranking.Provider[i], ranking.ProviderText[i]);
            if (any || provided != 0 && Holds(version, provided, constraint, relation))
            {
                Take(version);
            }
        }
    }

    private bool Holds(int version, int text, VersionMatch? constraint, ReadOnlySpan<int> relation) => constraint is null
        ? texts.Satisfies(ranking[version].Scheme, text, (RelationKind)relation[2], relation[1])
        : constraint.Holds(ranking[version].Scheme, texts.Text(text));

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
}
