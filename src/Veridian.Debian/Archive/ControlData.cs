namespace Veridian.Debian.Archive;

/// <summary>One file of the control archive.</summary>
/// <param name="Name">A single path component, such as <c>postinst</c>.</param>
/// <param name="Bytes">Its content.</param>
public sealed record ControlMember(string Name, ReadOnlyMemory<byte> Bytes);

/// <summary>The control members of a package, sorted by the ordinal order of their names.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-10.</remarks>
public sealed class ControlData
{
    /// <summary>The members in order.</summary>
    public IReadOnlyList<ControlMember> Members => throw new NotSupportedException();

    /// <summary>The text of the member <c>control</c>; always there.</summary>
    public ReadOnlyMemory<byte> ControlFile => throw new NotSupportedException();

    /// <summary>A member's bytes, or null when the package has none of that name.</summary>
    public ReadOnlyMemory<byte>? Find(string name) => throw new NotSupportedException();

    /// <summary>Whether no maintainer script names <c>dpkg-divert</c>.</summary>
    public bool IsDiversionFree => throw new NotSupportedException();

    /// <summary>The one encoding of all members, for digests and for keeping beside the tree.</summary>
    public byte[] ToCanonicalBytes() => throw new NotSupportedException();

    /// <summary>Reads what <see cref="ToCanonicalBytes"/> wrote; refuses any other bytes.</summary>
    /// <exception cref="Core.Errors.UntrustedException">The bytes are not in that encoding.</exception>
    public static ControlData FromCanonicalBytes(ReadOnlyMemory<byte> bytes) => throw new NotSupportedException();
}
