using System.Buffers.Binary;
using Veridian.Core.Packages;

namespace Veridian.Solver.Indexing;

/// <summary>Sorts names by their bytes, eight at a time as one number: names of a distribution begin alike in their thousands.</summary>
internal sealed class NameOrder(ListTable<byte> texts)
{
    private const int Piece = sizeof(ulong);
    private const int ManyPieces = 4 * Piece;

    /// <summary>Sorts text ids.</summary>
    public void Sort(int[] names) => Sort(names, new ulong[names.Length], 0);

    private void Sort(Span<int> names, Span<ulong> pieces, int skip)
    {
        // Few names are that long, and a made-up one must not lead to thousands of calls within each other.
        if (skip == ManyPieces)
        {
            names.Sort((left, right) => texts[left].SequenceCompareTo(texts[right]));
            return;
        }

        for (var i = 0; i < names.Length; i++)
        {
            pieces[i] = PieceOf(texts[names[i]], skip);
        }

        pieces.Sort(names);
        for (var start = names.Length; start > 0;)
        {
            var end = start;
            for (start--; start > 0 && pieces[start - 1] == pieces[end - 1]; start--)
            {
            }

            if (end - start > 1)
            {
                Sort(names[start..end], pieces[start..end], skip + Piece);
            }
        }
    }

    private static ulong PieceOf(ReadOnlySpan<byte> text, int skip)
    {
        if (text.Length - skip >= Piece)
        {
            return BinaryPrimitives.ReadUInt64BigEndian(text[skip..]);
        }

        var piece = 0ul;
        for (var i = 0; i < Piece; i++)
        {
            piece = (piece << 8) | (skip + i < text.Length ? text[skip + i] : 0u);
        }

        return piece;
    }
}
