namespace Veridian.Faults.PowerCuts;

/// <summary>A file that is mounted as a disk.</summary>
internal sealed class MountedDisk : IDisposable
{
    private const int Tries = 50;
    private readonly string _device;
    private readonly string _folder;

    /// <exception cref="IOException">It cannot be mounted.</exception>
    public MountedDisk(string file, string folder, FileSystem? make = null, string options = "defaults")
    {
        _folder = folder;
        _device = FileSystem.Tool("losetup", "--find", "--show", file);
        try
        {
            if (make is not null)
            {
                FileSystem.Tool([.. make.Make, _device]);
            }

            FileSystem.Tool("mount", "-o", options, _device, folder);
        }
        catch
        {
            FileSystem.Tool("losetup", "-d", _device);
            throw;
        }
    }

    public void Dispose()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                FileSystem.Tool("umount", _folder);
                break;
            }
            catch (IOException) when (tries < Tries)
            {
                GC.Collect(); // a handle that nobody closed keeps it busy until it is collected
                GC.WaitForPendingFinalizers();
            }
        }

        FileSystem.Tool("losetup", "-d", _device);

        // A sandbox that was just starting somewhere may hold the mount for a moment longer; until then the kernel takes it for the next disk's twin.
        for (var tries = 1; tries < Tries && Directory.Exists($"/sys/block/{Path.GetFileName(_device)}/loop"); tries++)
        {
            Thread.Sleep(100);
        }
    }
}
