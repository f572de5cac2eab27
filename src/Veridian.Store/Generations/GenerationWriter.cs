using System.Globalization;
using Veridian.Posix;
using Veridian.Store.Files;

namespace Veridian.Store.Generations;

/// <summary>Writes a generation's directory under a temporary name, durable before anything points to it.</summary>
/// <remarks>Source: <c>store-format/generation/README.md</c> G-1.</remarks>
internal sealed class GenerationWriter(IStoreFiles files, DirectoryHandle generations)
{
    public const string Record = "record";
    public const string Profile = "profile";
    public const string Lock = "lock";
    private const string Includes = "includes";

    /// <summary>The temporary name.</summary>
    public string Stage(GenerationRecord record, GenerationDraft draft)
    {
        var name = TemporaryName.Prefix + TemporaryName.Random();
        files.MakeDirectory(generations, name);
        using var folder = generations.OpenFolder(name);
        SmallFiles.WriteSynced(files, folder, Record, record.Write());
        SmallFiles.WriteSynced(files, folder, Profile, draft.Profile);
        SmallFiles.WriteSynced(files, folder, Lock, draft.Lock);
        if (draft.Includes.Count > 0)
        {
            StageIncludes(folder, draft.Includes);
        }

        files.SyncDirectory(folder);
        if (draft.Furnish is { } furnish)
        {
            furnish(folder.Path, generations.PathOf(record.Number.ToString(CultureInfo.InvariantCulture)));
            files.SyncFileSystem(folder);
        }

        return name;
    }

    private void StageIncludes(DirectoryHandle generation, IReadOnlyList<IncludedFile> includes)
    {
        files.MakeDirectory(generation, Includes);
        using var folder = generation.OpenFolder(Includes);
        for (var i = 0; i < includes.Count; i++)
        {
            SmallFiles.WriteSynced(files, folder, i.ToString(CultureInfo.InvariantCulture), includes[i].Bytes);
        }

        files.SyncDirectory(folder);
    }
}
