using Veridian.Build.Sandbox;
using Veridian.Core.Errors;
using Veridian.Engine.Environments.Activation;
using Veridian.Engine.Environments.Planning;
using Veridian.Posix;

namespace Veridian.Engine.Environments.Building;

/// <summary>Writes environments: the merged tree, then what activation makes of it.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-9 to E-15. The caller publishes the folder; until then nobody else looks at it.</remarks>
public sealed class EnvironmentBuilder
{
    private readonly string _objects;
    private readonly ISandbox _sandbox;

    /// <summary>Takes what it works with.</summary>
    /// <param name="objectsFolder">Absolute path of the folder that holds the store's objects.</param>
    /// <param name="sandbox">Where the environment's own tools run.</param>
    public EnvironmentBuilder(string objectsFolder, ISandbox sandbox) => (_objects, _sandbox) = (objectsFolder, sandbox);

    /// <summary>Writes a planned environment into an empty folder on the store's file system.</summary>
    /// <param name="plan">What to write.</param>
    /// <param name="folder">Absolute path of an empty folder.</param>
    /// <param name="cancellationToken">Stops between two directories, or kills a running tool.</param>
    /// <exception cref="StorageException">A file cannot be linked or written.</exception>
    /// <exception cref="StoreDamagedException">A file of an object is gone.</exception>
    /// <exception cref="BuildFailedException"><see cref="ErrorCodes.ActivationFailed"/>.</exception>
    public async Task BuildAsync(EnvironmentPlan plan, string folder, CancellationToken cancellationToken)
    {
        using var objects = DirectoryHandle.Open(_objects);
        using var root = DirectoryHandle.Open(folder);
        var writer = new TreeWriter(objects, plan.Packages);
        WriteTree(plan, root, writer, cancellationToken);
        foreach (var file in GeneratedFiles.For(plan, (path, limit) => TreeFile.Read(root, path, limit)))
        {
            TreeFile.Write(root, file);
        }

        TreeFile.Write(root, GeneratedFile.Text("activation/record", ActivationRecordText.Write(plan.Records)));
        await WriteLibraryCacheAsync(plan, folder, root, cancellationToken);
        TreeSeal.Close(root);
    }

    private static void WriteTree(EnvironmentPlan plan, DirectoryHandle root, TreeWriter writer, CancellationToken cancellationToken)
    {
        foreach (var (name, file) in plan.Root.Files)
        {
            writer.Write(file, root, name, copy: false);
        }

        foreach (var (name, directory) in plan.Root.Directories)
        {
            Durable.MakeDirectory(root, name);
            using var handle = root.OpenFolder(name);
            writer.Write(directory, handle, copy: name == "etc", cancellationToken);
        }
    }

    private async Task WriteLibraryCacheAsync(EnvironmentPlan plan, string folder, DirectoryHandle root, CancellationToken cancellationToken)
    {
        if (plan.Root.Find("usr/sbin")?.Files.ContainsKey("ldconfig") != true)
        {
            return;
        }

        // The cache is written beside the tree: the tool itself sees the tree read-only.
        Durable.MakeDirectory(root, "activation");
        await LibraryCache.WriteAsync(_sandbox, TreeMounts.Of(plan.Root, folder), Path.Combine(folder, "activation"), cancellationToken);
        using var activation = root.OpenFolder("activation");
        using var etc = root.OpenFolder("etc");
        using (var made = Entries.TryOpenFile(activation, LibraryCache.FileName) ?? throw new BuildFailedException(
            ErrorCodes.ActivationFailed, "The environment's ldconfig wrote no cache.", "Check the package that brings ldconfig."))
        {
            Durable.Seal(made, 0x124);
        }

        Durable.Rename(activation, LibraryCache.FileName, etc, LibraryCache.FileName, RenameMode.Replace);
    }
}
