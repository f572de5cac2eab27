namespace Veridian.Faults.Interposing;

/// <summary>What is done to a program while it runs.</summary>
internal abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>Nothing: the calls are only counted.</summary>
    public sealed record None : Fault;

    /// <summary>SIGKILL before the watched call with this number, from 1, of all threads and children together.</summary>
    public sealed record KillBefore(int Number) : Fault;

    /// <summary>The watched call that can fail so, with this number among those, fails; and all later ones if <paramref name="Forever"/>.</summary>
    public sealed record FailAt(int Number, Failures Failure, bool Forever) : Fault;

    /// <summary>SIGKILL after a time.</summary>
    public sealed record KillAfter(TimeSpan Time) : Fault;

    /// <summary>Which errors the calls that count can have.</summary>
    public Failures Counted => this is FailAt fail ? fail.Failure : Failures.None;

    /// <summary>In words for a person who repeats it.</summary>
    public string Text => this switch
    {
        KillBefore kill => $"killed before call {kill.Number}",
        FailAt { Forever: true } fail => $"{fail.Failure} from call {fail.Number} on",
        FailAt fail => $"{fail.Failure} at call {fail.Number}",
        KillAfter kill => $"killed after {kill.Time.TotalMilliseconds:F0} ms",
        _ => "nothing",
    };
}
