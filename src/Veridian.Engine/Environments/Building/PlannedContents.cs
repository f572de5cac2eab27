using Veridian.Core.Errors;
using Veridian.Engine.Environments.Planning;
using Veridian.Store;

namespace Veridian.Engine.Environments.Building;

/// <summary>Reads files of a planned tree where they lie: in the objects of the store.</summary>
internal sealed class PlannedContents(EnvironmentPlan plan, StoreFolder store)
{
    /// <summary>A file's bytes; null if the plan has no file there.</summary>
    /// <exception cref="BuildFailedException">It is longer than the limit.</exception>
    public byte[]? Read(string path, int limit)
    {
        if (plan.Root.Find(TreePath.Parent(path))?.Files.TryGetValue(TreePath.Name(path), out var file) != true || !file.Entry.IsFile)
        {
            return null;
        }

        if (file.Entry.Size > limit)
        {
            throw new BuildFailedException(
                ErrorCodes.ActivationFailed, $"'/{path}' is longer than {limit} bytes.", "Hide the file with a rule of the profile's [files].");
        }

        using var content = Open(file);
        var bytes = new byte[file.Entry.Size];
        content.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Opens a file that comes from a package, that a script has made, or that activation makes empty.</summary>
    /// <exception cref="StoreDamagedException">It is gone.</exception>
    public Stream Open(PlannedFile file)
    {
        var path = file.Owner == PlannedDirectory.Activation
            ? plan.Layer.SourceOf(file.Path.Text)
            : $"{store.FolderOf(plan.Packages[file.Owner].Object)}/{file.Entry.Path}";
        if (path is null)
        {
            return Stream.Null; // activation plans no other file of its own than empty ones
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (FileNotFoundException error)
        {
            throw new StoreDamagedException(ErrorCodes.StoreDamaged, $"'{path}' is gone from the store.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.", error);
        }
    }
}
