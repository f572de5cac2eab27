using Veridian.Core.Errors;
using Veridian.Engine.Applying;
using Veridian.Formats.Lockfile;

namespace Veridian.Engine.Merging;

/// <summary>Merges lock files: as version control's driver, or where it has left both sides in the file.</summary>
/// <remarks>Source: <c>spec/lockfile.md</c> L-13 to L-15.</remarks>
public static class LockMerging
{
    private const int MaxBytes = LockFileReader.MaxBytes + 1;

    /// <summary>Merges three files into the second one; an empty first one is no common ancestor.</summary>
    /// <exception cref="InvalidInputException">One of them is no lock file.</exception>
    public static void Drive(string common, string ours, string theirs)
    {
        var old = Bytes(common);
        var merged = LockMerge.Of(old.Length == 0 ? LockFile.Empty : LockFileReader.Read(old, common), LockFileReader.Read(Bytes(ours), ours), LockFileReader.Read(Bytes(theirs), theirs));
        SmallFile.Write(Path.GetFullPath(ours), LockFileWriter.Write(merged));
    }

    /// <summary>Merges the sides in the lock beside the profile and lets the solver check the result; on any failure the file stays as it was.</summary>
    /// <returns>The lock; null where the file holds no marks of a merge.</returns>
    /// <exception cref="InvalidInputException">The sides cannot be read.</exception>
    /// <exception cref="UnsolvableException">The merged profile has no solution.</exception>
    public static async Task<LockPlan?> ResolveAsync(Workspace workspace, ApplySession session, CancellationToken cancellationToken)
    {
        var path = workspace.Profile.LockPath;
        var before = Bytes(path);
        if (LockSides.TryRead(before, Path.GetFileName(path)) is not { } sides)
        {
            return null;
        }

        SmallFile.Write(path, LockFileWriter.Write(LockMerge.Of(sides.Common ?? LockFile.Empty, sides.Ours, sides.Theirs)));
        try
        {
            var plan = await session.LockAsync(new ApplyRequest { Command = "lock --merge" }, cancellationToken);
            session.WriteLock(plan);
            return plan;
        }
        catch
        {
            SmallFile.Write(path, before);
            throw;
        }
    }

    private static byte[] Bytes(string path) => BoundedFile.TryRead(Path.GetFullPath(path), MaxBytes)
        ?? throw new InvalidInputException(ErrorCodes.LockMissing, $"There is no lock file '{path}'.", "Run 'vpkg lock' to make one.");
}
