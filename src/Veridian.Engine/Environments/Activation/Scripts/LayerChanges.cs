using Veridian.Engine.Environments.Planning;
using Veridian.Store.Trees;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>What scripts left behind: what is new or other than before, and what is gone.</summary>
/// <param name="Entries">By path; a directory comes before what is in it.</param>
/// <param name="Removed">Paths that are gone, by path.</param>
/// <param name="Hidden">Directories of which everything that was there before is gone.</param>
internal sealed record LayerChanges(IReadOnlyList<LayerEntry> Entries, IReadOnlyList<string> Removed, IReadOnlyList<string> Hidden)
{
    /// <summary>Links into this folder are made for the whole environment, from what all packages offer.</summary>
    private const string Alternatives = "/etc/alternatives/";

    /// <summary>Whether something is a link that is made from what all packages offer.</summary>
    public static bool IsAlternative(TreeEntry entry) => entry.Kind == TreeEntryKind.SymbolicLink && entry.Target.StartsWith(Alternatives, StringComparison.Ordinal);

    /// <summary>Changes a planned tree in place.</summary>
    public void ApplyTo(PlannedDirectory root)
    {
        foreach (var path in Removed.Concat(Hidden))
        {
            var parent = Find(root, TreePath.Parent(path));
            parent?.RemoveFile(TreePath.Name(path));
            parent?.RemoveDirectory(TreePath.Name(path));
        }

        foreach (var (entry, _) in Entries)
        {
            Put(root, entry);
        }
    }

    private static void Put(PlannedDirectory root, TreeEntry entry)
    {
        var (path, name) = (entry.Path.Text, entry.Path.Name);
        if (Find(root, TreePath.Parent(path)) is not { } parent)
        {
            return;
        }

        if (entry.Kind == TreeEntryKind.Directory)
        {
            if (parent.Files.TryGetValue(name, out var file) && !IsPlacedByUs(file))
            {
                parent.RemoveFile(name);
            }

            parent.Enter(name, PlannedDirectory.Activation);
        }
        else if (!IsAlternative(entry))
        {
            parent.RemoveDirectory(name);
            parent.Put(name, new PlannedFile(PlannedDirectory.Activation, entry.Path, entry));
        }
    }

    private static bool IsPlacedByUs(PlannedFile file) => file.Owner == PlannedDirectory.Activation && file.Entry.Kind == TreeEntryKind.SymbolicLink;

    private static PlannedDirectory? Find(PlannedDirectory root, string path) => path.Length == 0 ? root : root.Find(path);
}
