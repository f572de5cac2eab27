namespace Veridian.Faults.PowerCuts;

/// <summary>A file that is mounted as a disk.</summary>
internal sealed class MountedDisk : IDisposable
{
    private readonly string _device;
    private readonly string _folder;

    /// <exception cref="IOException">It cannot be mounted.</exception>
    public MountedDisk(string file, string folder, FileSystem? make = null)
    {
        _folder = folder;
        _device = FileSystem.Tool("losetup", "--find", "--show", file);
        try
        {
            if (make is not null)
            {
                FileSystem.Tool([.. make.Make, _device]);
            }

            FileSystem.Tool("mount", _device, folder);
        }
        catch
        {
            FileSystem.Tool("losetup", "-d", _device);
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            FileSystem.Tool("umount", _folder);
        }
        catch (IOException)
        {
            FileSystem.Tool("umount", "-l", _folder);
        }

        FileSystem.Tool("losetup", "-d", _device);
    }
}
