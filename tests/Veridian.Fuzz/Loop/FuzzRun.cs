using System.Diagnostics;

namespace Veridian.Fuzz.Loop;

/// <summary>Mutates, reads, keeps what is new, and notes what goes wrong.</summary>
internal sealed class FuzzRun(Parser parser, Corpus corpus, int seed, FuzzLimits limits)
{
    private const int MostFinds = 20;

    private readonly Mutation _mutation = new(seed, parser.Words, parser.MostBytes);
    private readonly Dictionary<string, byte[]> _finds = new(StringComparer.Ordinal);
    private long _cases;
    private long _accepted;
    private long _slowest;
    private byte[] _slowestInput = [];
    private long _mostAllocated;

    /// <summary>Called with every input before it is read: what is in it if the process dies.</summary>
    public Action<byte[]> Before { get; init; } = _ => { };

    /// <summary>Called after every input.</summary>
    public Action After { get; init; } = () => { };

    /// <summary>Runs to a limit, or until there are twenty different finds.</summary>
    public FuzzResult Run()
    {
        var clock = Stopwatch.StartNew();
        foreach (var seedInput in parser.Seeds())
        {
            corpus.Add(Read(seedInput, mustBeAccepted: true), seedInput);
        }

        foreach (var kept in corpus.Kept().ToArray())
        {
            corpus.Offer(Read(kept, mustBeAccepted: false), kept);
        }

        while (_cases < limits.Cases && clock.Elapsed < limits.Time && _finds.Count < MostFinds)
        {
            // New inputs are more likely to lead to newer ones.
            var from = _mutation.Below(2) == 0 ? corpus.Count - 1 - _mutation.Below(Math.Min(corpus.Count, 64)) : _mutation.Below(corpus.Count);
            var input = _mutation.Change(corpus[from], corpus[_mutation.Below(corpus.Count)]);
            if (parser.Mend is { } mend && _mutation.Below(2) == 0)
            {
                input = mend(input);
            }

            corpus.Offer(Read(input, mustBeAccepted: false), input);
        }

        return new FuzzResult(
            _cases, _accepted, corpus.Count, clock.Elapsed.TotalSeconds, _slowest * 1000.0 / Stopwatch.Frequency, _slowestInput, _mostAllocated,
            [.. _finds.Select(find => (find.Key, find.Value))]);
    }

    private string Read(byte[] input, bool mustBeAccepted)
    {
        Before(input);
        var (begun, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var outcome = Outcome.Of(parser, input);
        var taken = Stopwatch.GetTimestamp() - begun;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        After();
        _cases++;
        _accepted += outcome.IsAccepted ? 1 : 0;
        (_slowest, _slowestInput) = taken > _slowest ? (taken, input) : (_slowest, _slowestInput);
        _mostAllocated = Math.Max(_mostAllocated, allocated);
        Note(outcome.Find, input);
        Note(allocated > FuzzLimits.Allocation ? $"allocates more than {FuzzLimits.Allocation >> 20} MiB" : null, input);
        Note(mustBeAccepted && !outcome.IsAccepted ? $"refuses a seed: {outcome.Word}" : null, input);
        return outcome.Word;
    }

    private void Note(string? find, byte[] input)
    {
        if (find is not null)
        {
            _finds.TryAdd(find, input);
        }
    }
}
