namespace Veridian.Debian.Control;

/// <summary>Reads one stanza of a <c>Packages</c> file in full.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-13.</remarks>
public static class PackageRecordReader
{
    /// <summary>Reads the bytes that a <see cref="Core.Packages.PackageEntry"/> points to.</summary>
    /// <exception cref="Core.Errors.UntrustedException">A field that downloading needs is missing or wrong.</exception>
    public static PackageRecord Read(ReadOnlySpan<byte> stanza) => throw new NotSupportedException();
}
