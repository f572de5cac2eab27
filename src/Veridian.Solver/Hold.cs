using Veridian.Core.Packages;

namespace Veridian.Solver;

/// <summary>A real name that may only be installed in some of its versions (S-7).</summary>
/// <param name="Relation">The name and the versions allowed; where none matches, it is never installed.</param>
/// <param name="Reason">Why, for messages: <c>held in vpkg.toml:5</c>; may be empty.</param>
public sealed record Hold(Relation Relation, string Reason);
