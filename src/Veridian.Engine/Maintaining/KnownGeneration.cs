using Veridian.Core.Hashing;
using Veridian.Core.Paths;
using Veridian.Engine.Locating;
using Veridian.Formats.Lockfile;
using Veridian.Store;

namespace Veridian.Engine.Maintaining;

/// <summary>A generation of any project that the store's roots name: it knows where objects came from and how environments were made.</summary>
/// <param name="ProfilePath">The project's profile, which may have changed or gone since.</param>
/// <param name="ProfileText">The profile as it was.</param>
/// <param name="Selection">The packages locked.</param>
/// <param name="Environments">The environments it keeps.</param>
internal sealed record KnownGeneration(string ProfilePath, byte[] ProfileText, LockedSelection Selection, IReadOnlyList<Blake3Digest> Environments)
{
    private const int MaxBytes = 64 << 20;

    /// <summary>Its project's place, with the environment that was locked.</summary>
    public ProfileLocation Location => new(ProfilePath, Path.ChangeExtension(ProfilePath, ".lock"), IsUser: Path.GetFileName(ProfilePath) == "profile.toml")
    {
        Environment = Selection.Environment,
    };

    /// <summary>All that can still be read, the latest used first.</summary>
    public static IReadOnlyList<KnownGeneration> All(StoreFolder store) =>
        [.. store.Roots.List().Where(root => root.Generation.Length > 0).OrderByDescending(root => root.Used).SelectMany(root =>
            BoundedFile.TryRead(Path.Combine(root.Generation, "profile"), MaxBytes) is { } profile
            && BoundedFile.TryRead(Path.Combine(root.Generation, "lock"), MaxBytes) is { } text
                ? Of(root.Project, profile, LockFileReader.Read(text, $"lock in '{root.Generation}'"), [.. root.Objects], root.Environments)
                : [])];

    /// <summary>The locked package whose object this is; null if it is none of this generation.</summary>
    public LockedPackage? Find(StorePath path) => Selection.Packages.FirstOrDefault(package => package.Store == path);

    // A lock holds several environments; the generation is the one whose objects it keeps.
    private static IEnumerable<KnownGeneration> Of(
        string project, byte[] profile, LockFile lockFile, HashSet<StorePath> objects, IReadOnlyList<Blake3Digest> environments) =>
        lockFile.Selections
            .Where(selection => selection.Packages.All(package => package.Store is { } path && objects.Contains(path)))
            .Select(selection => new KnownGeneration(project, profile, selection, environments));
}
