using Veridian.Core.Errors;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;
using Veridian.Store;

namespace Veridian.Engine.Environments.Activation;

/// <summary>A part of the merged tree, hard-linked into a scratch folder for a tool to look at. Nothing of it is kept.</summary>
internal sealed class LinkedTree(EnvironmentPlan plan, StoreFolder store)
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>Writes the files, and <c>usr</c> and <c>etc</c> in any case.</summary>
    public void Write(IEnumerable<PlannedFile> files, DirectoryHandle folder)
    {
        MakeDirectory(folder, "usr");
        MakeDirectory(folder, "etc");
        using var objects = DirectoryHandle.Open(store.Path + "/objects");
        foreach (var file in files)
        {
            MakeDirectory(folder, TreePath.Parent(file.Path.Text));
            if (file.Owner == PlannedDirectory.Activation)
            {
                WriteActivated(file, folder);
                continue;
            }

            var source = $"{plan.Packages[file.Owner].Object}/{file.Entry.Path}";
            switch (Durable.Link(objects, source, folder, file.Path.Text))
            {
                case LinkResult.Refused when !file.Entry.IsFile:
                    Durable.SymbolicLink(folder, file.Path.Text, file.Entry.Target);
                    break;
                case LinkResult.Refused:
                    File.Copy(objects.PathOf(source), folder.PathOf(file.Path.Text));
                    break;
                case LinkResult.SourceMissing:
                    throw new StoreDamagedException(
                        ErrorCodes.StoreDamaged, $"'{objects.PathOf(source)}' is gone from the store.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");
            }
        }
    }

    private void WriteActivated(PlannedFile file, DirectoryHandle folder)
    {
        if (!file.Entry.IsFile)
        {
            Durable.SymbolicLink(folder, file.Path.Text, file.Entry.Target);
        }
        else if (plan.Layer.SourceOf(file.Path.Text) is { } source)
        {
            File.Copy(source, folder.PathOf(file.Path.Text));
        }
        else
        {
            File.WriteAllBytes(folder.PathOf(file.Path.Text), []);
        }
    }

    /// <summary>Makes a directory and those above it, each once.</summary>
    public void MakeDirectory(DirectoryHandle folder, string path)
    {
        if (path.Length > 0 && _made.Add(path))
        {
            MakeDirectory(folder, TreePath.Parent(path));
            Durable.MakeDirectory(folder, path);
        }
    }
}
