using System.Buffers;

namespace Veridian.Debian.Control;

/// <summary>Which bytes names and versions are made of.</summary>
internal static class PackageText
{
    // Names of virtual packages are wilder than those of packages: capitals and underscores occur.
    internal static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-._"u8);

    internal static readonly SearchValues<byte> VersionBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.:~"u8);
}
