namespace Veridian.Benchmarks.Measuring;

/// <summary>A program to start.</summary>
/// <param name="Program">Its name, looked up in PATH, or its path.</param>
/// <param name="Arguments">What follows the name.</param>
internal sealed record Command(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Where it starts; null for our own folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables beside or instead of our own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>For the report of a failure.</summary>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));
}
