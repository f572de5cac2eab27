namespace Veridian.Debian.MaintainerScripts;

/// <summary>What is known of a condition, or of whether a command runs, without running anything.</summary>
internal enum Truth
{
    /// <summary>It depends on something that is not known.</summary>
    Unknown,

    /// <summary>It holds in every run.</summary>
    Yes,

    /// <summary>It holds in no run.</summary>
    No,
}

/// <summary>Logic with three values.</summary>
internal static class TruthLogic
{
    internal static Truth Of(bool value) => value ? Truth.Yes : Truth.No;

    internal static Truth Not(this Truth value) => value switch { Truth.Yes => Truth.No, Truth.No => Truth.Yes, _ => Truth.Unknown };

    internal static Truth And(this Truth left, Truth right) =>
        left == Truth.No || right == Truth.No ? Truth.No : left == Truth.Yes && right == Truth.Yes ? Truth.Yes : Truth.Unknown;

    internal static Truth Or(this Truth left, Truth right) => left.Not().And(right.Not()).Not();
}
