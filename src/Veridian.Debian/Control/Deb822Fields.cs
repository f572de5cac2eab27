using System.Runtime.CompilerServices;
using System.Text;

namespace Veridian.Debian.Control;

/// <summary>Walks the fields of one stanza. A field that cannot be read ends the walk with <see cref="IsMalformed"/>.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-11.</remarks>
/// <param name="stanza">Lines, the last one with or without its newline.</param>
public ref struct Deb822Fields(ReadOnlySpan<byte> stanza)
{
    private ReadOnlySpan<byte> _rest = stanza;

    /// <summary>The current field's name as written.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The current field's value: without spaces at both ends; with the newlines between its lines.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Whether the walk stopped at a line that is neither a field nor the continuation of one.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes on to the next field.</summary>
    /// <returns>False after the last one, and at a malformed line.</returns>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        var colon = EndOfName(_rest);
        if (colon <= 0 || _rest[0] is (byte)'#' or (byte)'-')
        {
            IsMalformed = true;
            return false;
        }

        Name = _rest[..colon];
        var end = EndOfField(colon + 1);
        Value = PackageText.Trim(_rest[(colon + 1)..end], also: (byte)'\r');
        _rest = end < _rest.Length ? _rest[(end + 1)..] : [];
        return true;
    }

    /// <summary>Whether the current field has this name; ASCII case is ignored.</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) =>
        Name.Length == name.Length && (Name[0] | 0x20) == (name[0] | 0x20) && (Name.SequenceEqual(name) || Ascii.EqualsIgnoreCase(Name, name));

    // A line that starts with a space goes on with the field before it.
    private readonly int EndOfField(int at)
    {
        while (true)
        {
            var newline = _rest[at..].IndexOf((byte)'\n');
            if (newline < 0)
            {
                return _rest.Length;
            }

            at += newline + 1;
            if (at >= _rest.Length || _rest[at] is not ((byte)' ' or (byte)'\t'))
            {
                return at - 1;
            }
        }
    }

    // Where the colon stands; -1 where another byte comes first that no name has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOfName(ReadOnlySpan<byte> line)
    {
        for (var at = 0; at < line.Length && line[at] is > 32 and < 127; at++)
        {
            if (line[at] == ':')
            {
                return at;
            }
        }

        return -1;
    }
}
