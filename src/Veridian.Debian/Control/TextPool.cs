using System.Text;

namespace Veridian.Debian.Control;

/// <summary>One string for each distinct ASCII text, found by the hash of its bytes.</summary>
internal sealed class TextPool
{
    private readonly SpanTable<string> _table = new();

    /// <summary>The string of these bytes, which must be ASCII.</summary>
    internal string Get(ReadOnlySpan<byte> ascii)
    {
        ref var slot = ref _table.Find(ascii, static (text, bytes) => Ascii.Equals(bytes, text), out var isNew);
        return isNew ? slot = Encoding.ASCII.GetString(ascii) : slot!;
    }
}
