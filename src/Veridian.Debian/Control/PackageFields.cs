using System.Diagnostics.CodeAnalysis;

namespace Veridian.Debian.Control;

/// <summary>The fields of a stanza that solving and locking need, as they stand.</summary>
internal ref struct PackageFields
{
    internal ReadOnlySpan<byte> Package;
    internal ReadOnlySpan<byte> Version;
    internal ReadOnlySpan<byte> Architecture;
    internal ReadOnlySpan<byte> Essential;
    internal ReadOnlySpan<byte> Size;
    internal ReadOnlySpan<byte> InstalledSize;
    internal ReadOnlySpan<byte> Depends;
    internal ReadOnlySpan<byte> PreDepends;
    internal ReadOnlySpan<byte> Recommends;
    internal ReadOnlySpan<byte> Conflicts;
    internal ReadOnlySpan<byte> Breaks;
    internal ReadOnlySpan<byte> Replaces;
    internal ReadOnlySpan<byte> Provides;
    internal ReadOnlySpan<byte> Filename;
    internal ReadOnlySpan<byte> Sha256;
    internal ReadOnlySpan<byte> Description;

    private ReadOnlySpan<byte> _other;

    /// <summary>Collects the fields.</summary>
    /// <returns>False at a malformed line or a field that is there twice.</returns>
    internal bool TryRead(Deb822Stanza stanza)
    {
        var fields = stanza.Fields;
        while (fields.Next())
        {
            _other = default;
            ref var slot = ref Slot(fields);
            if (!slot.IsEmpty)
            {
                return false;
            }

            slot = fields.Value;
        }

        return !fields.IsMalformed;
    }

    // By length first: most fields of an index are none of these.
    [UnscopedRef]
    private ref ReadOnlySpan<byte> Slot(Deb822Fields field)
    {
        switch (field.Name.Length)
        {
            case 4 when field.Is("Size"u8): return ref Size;
            case 6 when field.Is("Breaks"u8): return ref Breaks;
            case 6 when field.Is("SHA256"u8): return ref Sha256;
            case 7 when field.Is("Package"u8): return ref Package;
            case 7 when field.Is("Version"u8): return ref Version;
            case 7 when field.Is("Depends"u8): return ref Depends;
            case 8 when field.Is("Provides"u8): return ref Provides;
            case 8 when field.Is("Replaces"u8): return ref Replaces;
            case 8 when field.Is("Filename"u8): return ref Filename;
            case 9 when field.Is("Conflicts"u8): return ref Conflicts;
            case 9 when field.Is("Essential"u8): return ref Essential;
            case 10 when field.Is("Recommends"u8): return ref Recommends;
            case 11 when field.Is("Pre-Depends"u8): return ref PreDepends;
            case 11 when field.Is("Description"u8): return ref Description;
            case 12 when field.Is("Architecture"u8): return ref Architecture;
            case 14 when field.Is("Installed-Size"u8): return ref InstalledSize;
            default: return ref _other;
        }
    }
}
