using Veridian.Core.Errors;

namespace Veridian.Formats.Toml;

/// <summary>One value of a TOML text and the place it was written at.</summary>
public abstract class TomlValue
{
    private readonly TomlSource _source;

    private protected TomlValue(TomlSource source, int offset) => (_source, Offset) = (source, offset);

    /// <summary>Which of the ten kinds it is; decides the class.</summary>
    public abstract TomlKind Kind { get; }

    /// <summary>Where the value starts; of a table, where its first mention starts. Worked out when asked for.</summary>
    public SourceSpan Span => _source.SpanAt(Offset);

    /// <summary>Where the value starts, in bytes of the text.</summary>
    internal int Offset { get; }
}
