namespace Veridian.Debian.MaintainerScripts;

/// <summary>All that a postinst of one of PHP's packages does at configuration.</summary>
/// <param name="Modules">What it enables for all of PHP's interfaces.</param>
/// <param name="Interfaces">What it sets up for an interface of its own.</param>
/// <param name="Alternatives">What it offers as alternatives.</param>
public sealed record PhpModuleContent(IReadOnlyList<PhpModule> Modules, IReadOnlyList<PhpInterface> Interfaces, IReadOnlyList<Alternative> Alternatives);

/// <summary>A module of PHP that is enabled for all interfaces of its version.</summary>
/// <param name="Version">PHP's version, <c>8.2</c>.</param>
/// <param name="Name">The module's name, <c>mysqli</c>.</param>
/// <param name="Source">Absolute path of what becomes its configuration; null where the package brings that at its place.</param>
public sealed record PhpModule(string Version, string Name, string? Source);

/// <summary>One of the programs or libraries that PHP is (a SAPI).</summary>
/// <param name="Version">PHP's version, <c>8.2</c>.</param>
/// <param name="Name">Its name, <c>cli</c>.</param>
/// <param name="Source">Absolute path of what becomes its <c>php.ini</c>.</param>
public sealed record PhpInterface(string Version, string Name, string Source);
