using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Applying;

/// <summary>A lock as it will be written, and what certifies it.</summary>
/// <param name="Lock">The whole lock, with all platforms and environments.</param>
/// <param name="Selection">Its part for this platform and environment; store paths are filled in where the store has the objects.</param>
/// <param name="Proof">What certifies the selection: <c>Horn</c>, <c>Z3</c> or <c>lock</c>.</param>
public sealed record LockPlan(LockFile Lock, LockedSelection Selection, string Proof)
{
    /// <summary>Whether the selection was proved to be the best.</summary>
    public bool IsProved => Selection.Proof.Length == 0;

    /// <summary>How many packages this platform and environment have.</summary>
    public int PackageCount => Selection.Packages.Count;
}
