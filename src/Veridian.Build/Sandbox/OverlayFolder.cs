using System.Runtime.InteropServices;
using Veridian.Posix;

namespace Veridian.Build.Sandbox;

/// <summary>Gets an overlay's folder ready before a command, and in order again after it.</summary>
internal static class OverlayFolder
{
    private const int OwnerOnly = 0x1C0;
    private const int OpenToRead = 0x1ED;

    /// <summary>Makes what the mount needs: upper and work folder, mount point, links to the lower folders, the filter.</summary>
    internal static void Prepare(SandboxOverlay overlay)
    {
        using var folder = DirectoryHandle.Open(overlay.Folder);
        if (Entries.Status(folder, SandboxOverlay.RootName) is not null)
        {
            return;
        }

        for (var i = 0; i < overlay.Lower.Count; i++)
        {
            Durable.SymbolicLink(folder, SandboxOverlay.LinkName(i), overlay.Lower[i]);
        }

        Durable.MakeDirectory(folder, SandboxOverlay.UpperName);
        Durable.SetMode(folder, SandboxOverlay.UpperName, OpenToRead); // it becomes the mode of the root inside
        Durable.MakeDirectory(folder, SandboxOverlay.WorkName);
        using (var filter = Durable.Create(folder, SandboxOverlay.FilterName))
        {
            Durable.Write(filter, OwnershipFilter.For(RuntimeInformation.ProcessArchitecture) ?? []);
        }

        Durable.MakeDirectory(folder, SandboxOverlay.RootName);
    }

    /// <summary>The kernel leaves a folder that not even its owner may enter, which would outlive every attempt to remove it.</summary>
    internal static void Tidy(SandboxOverlay overlay)
    {
        using var work = DirectoryHandle.TryOpen($"{overlay.Folder}/{SandboxOverlay.WorkName}");
        if (work is not null)
        {
            Durable.SetMode(work, "work", OwnerOnly);
        }
    }
}
