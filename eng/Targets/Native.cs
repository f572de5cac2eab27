namespace Veridian.Targets;

/// <summary>The native libraries and tools that the product binds.</summary>
internal static class Native
{
    /// <summary>Sees that they are there, and lets what we start find private copies.</summary>
    public static int Ensure()
    {
        var folder = Path.Combine(Tool.Artifacts, "native");
        if (Tool.Run(Path.Combine(Tool.Root, "eng", "native"), folder) is not 0 and var failure)
        {
            return failure;
        }

        if (File.Exists(Path.Combine(folder, "env")))
        {
            var libraries = Directory.GetDirectories(Path.Combine(folder, "usr", "lib"), "*-linux-gnu").Single();
            Environment.SetEnvironmentVariable("VPKG_NATIVE", Path.Combine(folder, "usr"));
            Environment.SetEnvironmentVariable("LD_LIBRARY_PATH", libraries);
            Environment.SetEnvironmentVariable("PATH", $"{Environment.GetEnvironmentVariable("PATH")}:{folder}/usr/bin");
        }

        return 0;
    }
}
