using Veridian.Core.Hashing;
using Veridian.Core.Packages;

namespace Veridian.Debian.Control;

/// <summary>What a lock says of a package: how it relates to others, and which archive it is.</summary>
/// <param name="Entry">Name, version, relations, sizes.</param>
/// <param name="Filename">Where the .deb is, relative to the repository's base; a path inside (N-4).</param>
/// <param name="Sha256">Digest of the .deb.</param>
/// <param name="Summary">First line of the description.</param>
public sealed record PackageArchive(PackageEntry Entry, string Filename, Sha256Digest Sha256, string Summary);
