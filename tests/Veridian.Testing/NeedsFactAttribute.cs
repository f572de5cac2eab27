using Xunit;

namespace Veridian.Testing;

/// <summary>A fact that is skipped, counted and explained where the machine lacks what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsFactAttribute : FactAttribute
{
    /// <summary>Looks at the machine when the test is discovered; the answer is the same for the whole process.</summary>
    /// <param name="needs">All of these must be met.</param>
    public NeedsFactAttribute(Needs needs)
    {
        Needs = needs;
        Skip = Surroundings.MissingReason(needs);
    }

    /// <summary>What the test needs.</summary>
    public Needs Needs { get; }
}
