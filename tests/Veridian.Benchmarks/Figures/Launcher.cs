using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>A program through its launcher, against the least that bubblewrap needs to run the same file.</summary>
internal static class Launcher
{
    private const int Runs = 100;

    public static Contest Prepare(Workbench bench)
    {
        var project = bench.Large;
        var launcher = new Command(Path.Combine(project.Folder, ".vpkg/current/bin/jq"), "--version");
        var bare = new Command("bwrap",
            "--ro-bind", Path.Combine(project.Environment, "usr"), "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib",
            "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "/usr/bin/jq", "--version");
        return new Contest(
            new Trial("current/bin/jq --version", launcher) { Reset = project.AtSecondGeneration, Runs = Runs },
            new Trial("bare bwrap … jq --version", bare) { Runs = Runs },
            project.Describe());
    }
}
