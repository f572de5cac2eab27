namespace Veridian.Debian.MaintainerScripts;

/// <summary>One choice that a package offers for a generic name.</summary>
/// <param name="Link">The generic name's absolute path, <c>/usr/bin/editor</c>.</param>
/// <param name="Name">The group's name, <c>editor</c>.</param>
/// <param name="Path">The choice's absolute path, <c>/usr/bin/vim.basic</c>.</param>
/// <param name="Priority">Higher wins.</param>
/// <param name="Slaves">Links that follow the choice.</param>
public sealed record Alternative(string Link, string Name, string Path, int Priority, IReadOnlyList<AlternativeSlave> Slaves);

/// <summary>A link that follows its group's choice.</summary>
/// <param name="Link">Absolute path of the link.</param>
/// <param name="Name">The slave's name.</param>
/// <param name="Path">Absolute path it points to.</param>
public sealed record AlternativeSlave(string Link, string Name, string Path);
