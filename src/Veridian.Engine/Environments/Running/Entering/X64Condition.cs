namespace Veridian.Engine.Environments.Running.Entering;

/// <summary>Conditions of jumps, by their number in instructions.</summary>
internal enum X64Condition
{
    Equal = 4,
    NotEqual = 5,
    Negative = 8,
    NotNegative = 9,
    Above = 7,
}
