namespace Veridian.Store.Manifests;

/// <summary>One named piece of control data: a maintainer script, the triggers, the list of configuration files.</summary>
/// <param name="Name">1 to 255 of <c>a-z A-Z 0-9 . + - _</c>.</param>
/// <param name="Bytes">Its content.</param>
public sealed record ControlMember(string Name, ReadOnlyMemory<byte> Bytes);
