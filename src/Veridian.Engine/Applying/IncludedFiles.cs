using System.Text;
using Veridian.Engine.Profiles;

namespace Veridian.Engine.Applying;

/// <summary>The files that a generation's profile included: a list of paths and a copy of each.</summary>
public static class IncludedFiles
{
    /// <summary>The list's name in a generation's folder.</summary>
    public const string ListName = "includes";

    private const int MaxBytes = 1 << 20;

    /// <summary>The files to keep with a generation; none for a profile that includes nothing.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> ToKeep(IReadOnlyList<ProfileText> includes)
    {
        if (includes.Count == 0)
        {
            return [];
        }

        var files = new List<(string, byte[])> { (ListName, Encoding.UTF8.GetBytes(string.Concat(includes.Select(include => include.Path + "\n")))) };
        files.AddRange(includes.Select((include, i) => ($"{ListName}.{i}", include.Bytes)));
        return files;
    }

    /// <summary>Whether every included file still has the bytes that a generation recorded.</summary>
    public static bool AreAsRecorded(string generationFolder)
    {
        if (BoundedFile.TryRead(Path.Combine(generationFolder, ListName), MaxBytes) is not { } list)
        {
            return true;
        }

        var paths = Encoding.UTF8.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < paths.Length; i++)
        {
            var (now, then) = (BoundedFile.TryRead(paths[i], MaxBytes), BoundedFile.TryRead(Path.Combine(generationFolder, $"{ListName}.{i}"), MaxBytes));
            if (now is null || then is null || !now.AsSpan().SequenceEqual(then))
            {
                return false;
            }
        }

        return true;
    }
}
