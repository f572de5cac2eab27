namespace Veridian.Trust;

/// <summary>A value that passed the rules of <c>spec/trust.md</c>. Only this project can make one, so whoever holds one need not ask.</summary>
/// <typeparam name="T">What was checked. It must not be changeable.</typeparam>
public sealed class Trusted<T>
    where T : class
{
    internal Trusted(T value) => Value = value;

    /// <summary>What was checked.</summary>
    public T Value { get; }
}
