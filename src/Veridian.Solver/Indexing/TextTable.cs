using System.Runtime.InteropServices;
using System.Text;

namespace Veridian.Solver.Indexing;

/// <summary>Gives equal texts one id, in order of first appearance; id 0 is the empty text.</summary>
internal sealed class TextTable
{
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> texts = [""];

    public int Count => texts.Count;

    public string this[int id] => texts[id];

    public int Intern(string text)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(ids, text, out var known);
        if (!known)
        {
            id = texts.Count;
            texts.Add(text);
        }

        return id;
    }

    /// <summary>All texts as UTF-8, one after the other, and where each starts.</summary>
    public (int[] Starts, byte[] Bytes) Encode()
    {
        var starts = new int[Count + 1];
        for (var id = 0; id < Count; id++)
        {
            starts[id + 1] = checked(starts[id] + Encoding.UTF8.GetByteCount(texts[id]));
        }

        var bytes = new byte[starts[^1]];
        for (var id = 0; id < Count; id++)
        {
            Encoding.UTF8.GetBytes(texts[id], bytes.AsSpan(starts[id]));
        }

        return (starts, bytes);
    }
}
