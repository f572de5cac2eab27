namespace Veridian.Debian.Archive;

/// <summary>What a .deb holds beside its file tree.</summary>
/// <param name="Control">All control members.</param>
/// <param name="Neutralised">One line per thing that was made harmless, in archive order: set-id bits, sticky bits, extended attributes. At most 10,000.</param>
/// <param name="FileBytes">Bytes of the regular files, hard links counted once.</param>
/// <param name="Entries">How many entries went to the sink.</param>
public sealed record DebContents(ControlData Control, IReadOnlyList<string> Neutralised, long FileBytes, int Entries);
