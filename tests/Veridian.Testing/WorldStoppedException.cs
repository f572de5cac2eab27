namespace Veridian.Testing;

/// <summary>Stands for kill -9 or a power cut: nothing is cleaned up after it, because every later operation throws it too.</summary>
#pragma warning disable CA1032 // made in one place
public sealed class WorldStoppedException(int operation) : Exception($"The world stopped before operation {operation}.");
