namespace Veridian.Debian.Archive;

/// <summary>One file of the control archive.</summary>
/// <param name="Name">A single path component of printable ASCII without space, such as <c>postinst</c>.</param>
/// <param name="Bytes">Its content.</param>
public sealed record ControlMember(string Name, ReadOnlyMemory<byte> Bytes);
