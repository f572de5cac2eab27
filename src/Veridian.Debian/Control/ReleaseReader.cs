namespace Veridian.Debian.Control;

/// <summary>Reads the text of a Release file whose signature has been verified already.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-14.</remarks>
public static class ReleaseReader
{
    /// <summary>Reads the text inside the signature, at most 16 MiB.</summary>
    /// <param name="text">The signed text.</param>
    /// <param name="place">What to call it in messages.</param>
    /// <exception cref="Core.Errors.UntrustedException">The text is malformed or above a limit.</exception>
    public static Release Read(ReadOnlySpan<byte> text, string place) => throw new NotSupportedException();
}
