using System.Text;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Compares versions by the ids of their texts, without making strings of them.</summary>
internal sealed class VersionTexts(ListTable<byte> texts)
{
    private char[] left = new char[128];
    private char[] right = new char[128];

    /// <summary>Newer first; texts that are the same version stand by ordinal.</summary>
    public int CompareNewestFirst(VersionScheme scheme, int first, int second)
    {
        var a = Read(first, ref left);
        var b = Read(second, ref right);
        var order = VersionOrder.Compare(scheme, b, a);
        return order != 0 ? order : a.SequenceCompareTo(b);
    }

    /// <summary>Whether a version satisfies a bound (V-4).</summary>
    public bool Satisfies(VersionScheme scheme, int version, RelationKind kind, int bound) =>
        VersionOrder.Satisfies(scheme, Read(version, ref left), kind, Read(bound, ref right));

    public string Text(int id) => Encoding.UTF8.GetString(texts[id]);

    private ReadOnlySpan<char> Read(int id, ref char[] into)
    {
        var utf8 = texts[id];
        if (utf8.Length > into.Length)
        {
            into = new char[utf8.Length * 2];
        }

        return into.AsSpan(0, Encoding.UTF8.GetChars(utf8, into));
    }
}
