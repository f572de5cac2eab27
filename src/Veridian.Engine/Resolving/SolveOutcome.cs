using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Resolving;

/// <summary>A lock and how it came about.</summary>
/// <param name="Selection">What the lock says for this platform and environment.</param>
/// <param name="Proof">What certifies it: <c>Horn</c>, <c>Z3</c>, or <c>lock</c> where the lock was taken as it stands.</param>
public sealed record SolveOutcome(LockedSelection Selection, string Proof);
