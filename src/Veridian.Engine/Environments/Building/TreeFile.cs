using Veridian.Core.Errors;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Building;

/// <summary>Reads and writes single files of a tree under construction.</summary>
internal static class TreeFile
{
    /// <summary>A file's bytes; null if there is none.</summary>
    /// <exception cref="BuildFailedException">It is longer than the limit.</exception>
    public static byte[]? Read(DirectoryHandle root, string path, int limit)
    {
        using var file = Entries.TryOpenFile(root, path);
        if (file is null)
        {
            return null;
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[16_384];
        for (int count; (count = Entries.Read(file, buffer)) > 0;)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > limit)
            {
                throw new BuildFailedException(
                    ErrorCodes.ActivationFailed, $"'{path}' is longer than {limit} bytes.", "Hide the file with a rule of the profile's [files].");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Writes a file or link, its directories included, in the place of one that is there.</summary>
    public static void Write(DirectoryHandle root, GeneratedFile file)
    {
        var parent = TreePath.Parent(file.Path);
        var made = "";
        foreach (var name in parent.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            made = made.Length == 0 ? name : $"{made}/{name}";
            Durable.MakeDirectory(root, made);
        }

        using var folder = root.OpenFolder(parent);
        var last = TreePath.Name(file.Path);
        if (file.Content is { } content)
        {
            FileCopy.Write(folder, last, content);
        }
        else
        {
            Durable.Remove(folder, last, isDirectory: false);
            Durable.SymbolicLink(folder, last, file.Target!);
            Durable.SetFixedTime(folder, last);
        }
    }
}
