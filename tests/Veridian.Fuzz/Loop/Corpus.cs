using Veridian.Core.Hashing;

namespace Veridian.Fuzz.Loop;

/// <summary>Inputs worth mutating: one for each word that a parser has said so far. Kept in a folder from run to run.</summary>
/// <param name="folder">Null: in memory only.</param>
internal sealed class Corpus(string? folder)
{
    private const int MostInputs = 4000;

    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly List<byte[]> _inputs = [];

    /// <summary>How many there are.</summary>
    public int Count => _inputs.Count;

    /// <summary>One of them.</summary>
    public byte[] this[int at] => _inputs[at];

    /// <summary>What earlier runs kept, in the order of names.</summary>
    public IEnumerable<byte[]> Kept() => folder is not null && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    /// <summary>Takes an input in if its word is new.</summary>
    public void Offer(string word, byte[] input)
    {
        if (_inputs.Count >= MostInputs || !_words.Add(word))
        {
            return;
        }

        _inputs.Add(input);
        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, Blake3.Hash(input).ToString()[..16]), input);
        }
    }

    /// <summary>Takes an input in whatever its word is: a seed.</summary>
    public void Add(string word, byte[] input)
    {
        _words.Add(word);
        _inputs.Add(input);
    }
}
