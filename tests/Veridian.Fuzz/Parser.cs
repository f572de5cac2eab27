namespace Veridian.Fuzz;

/// <summary>A reader of outside bytes, and how it is driven.</summary>
/// <param name="Name">As typed after <c>./build fuzz</c>.</param>
/// <param name="Seeds">Good inputs to begin with; the same on every machine.</param>
/// <param name="Read">
/// Reads one input to its end and checks what must hold of every result. Returns a word for what came out: inputs with a
/// word not seen before are kept and mutated further. A refusal is a <see cref="Core.Errors.VeridianException"/>; anything
/// else that it throws is a find.
/// </param>
internal sealed record Parser(string Name, Func<IEnumerable<byte[]>> Seeds, Func<byte[], string> Read)
{
    /// <summary>Text that mutations put in: words of the format.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Makes checksums fit again after a mutation, so that what stands behind them is reached; half of the cases go through it.</summary>
    public Func<byte[], byte[]>? Mend { get; init; }

    /// <summary>The largest input in bytes.</summary>
    public int MostBytes { get; init; } = 8 << 10;

    /// <summary>The size of a number as a word: 0, 1, 2, 4, 8 ...</summary>
    public static string Size(long number) => number <= 0 ? "0" : System.Numerics.BitOperations.Log2((ulong)number).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What must hold of a result.</summary>
    /// <exception cref="BrokenPromiseException">It does not.</exception>
    public static void Require(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}
