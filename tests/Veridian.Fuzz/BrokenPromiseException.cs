namespace Veridian.Fuzz;

/// <summary>A parser accepted an input and then broke one of its promises.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise);
