using Xunit;

namespace Veridian.Testing;

/// <summary>A theory that is skipped, counted once and explained where the machine lacks what it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="NeedsFactAttribute(Needs)"/>
    public NeedsTheoryAttribute(Needs needs)
    {
        Needs = needs;
        Skip = Surroundings.MissingReason(needs);
    }

    /// <summary>What the test needs.</summary>
    public Needs Needs { get; }
}
