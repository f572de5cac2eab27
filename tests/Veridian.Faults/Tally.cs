namespace Veridian.Faults;

/// <summary>How many cases of a row there were, and what was wrong in those that were missed. Thread-safe.</summary>
internal sealed class Tally
{
    private readonly List<string> _misses = [];
    private int _cases;

    public int Cases => _cases;

    public IReadOnlyList<string> Misses => _misses;

    /// <summary>Why the row could not be run here; null where it was.</summary>
    public string? Skipped { get; set; }

    /// <summary>What the row saw that a reader of the table should know.</summary>
    public string Note { get; set; } = "";

    public string Text => Skipped is null ? $"{_cases - _misses.Count} of {_cases}" : "not run";

    /// <summary>One case more; <paramref name="wrong"/> is null where everything held.</summary>
    public void Add(string? wrong)
    {
        lock (_misses)
        {
            _cases++;
            if (wrong is not null)
            {
                _misses.Add(wrong);
                Console.Error.WriteLine($"MISS {wrong}");
            }
        }
    }
}
