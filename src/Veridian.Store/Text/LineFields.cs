namespace Veridian.Store.Text;

/// <summary>Takes the fields of a line, which tabs separate, one after the other. A line has at least one field, which may be empty.</summary>
/// <param name="line">Without its end.</param>
internal ref struct LineFields(ReadOnlySpan<byte> line)
{
    private ReadOnlySpan<byte> _rest = line;

    /// <summary>Whether all have been taken.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>The next field; false, and empty, if all have been taken.</summary>
    public bool TryNext(out ReadOnlySpan<byte> field)
    {
        if (AtEnd)
        {
            field = [];
            return false;
        }

        var end = _rest.IndexOf((byte)'\t');
        AtEnd = end < 0;
        field = AtEnd ? _rest : _rest[..end];
        _rest = _rest[(end + 1)..];
        return true;
    }
}
