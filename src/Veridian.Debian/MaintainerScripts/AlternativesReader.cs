namespace Veridian.Debian.MaintainerScripts;

/// <summary>Finds <c>update-alternatives --install</c> in the text of a postinst, without running it.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-17.</remarks>
public static class AlternativesReader
{
    /// <summary>Reads a script; at most 1 MiB of it.</summary>
    public static AlternativesContent Read(ReadOnlySpan<byte> script) => throw new NotSupportedException();
}
