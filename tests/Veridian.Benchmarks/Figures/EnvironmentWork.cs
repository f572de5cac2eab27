using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>Making, activating and using environments, each against the least that anybody would have to do.</summary>
internal static class EnvironmentWork
{
    private const int Starts = 50;
    private const int Sources = 2000;

    /// <summary>Writing the tree, against copying a finished one by hard links.</summary>
    public static Contest Tree(Workbench bench)
    {
        var project = bench.Activated;
        var copy = bench.PathOf("activated/copy");
        return new Contest(
            new Trial("vpkg apply from nothing, scripts = \"native\"", project.Apply()) { Reset = () => project.Nothing("native") },
            new Trial("cp -al of the merged tree", new Command("cp", "-al", project.Plain, copy)) { Reset = () => bench.Discard(copy) },
            project.Describe());
    }

    /// <summary>What scripts do, the tree's own time taken off, against the scripts alone.</summary>
    public static Contest Activation(Workbench bench)
    {
        var contest = Whole(bench);
        var less = new Trial("the same with scripts = \"native\"", bench.Activated.Apply()) { Reset = () => bench.Activated.Nothing("native") };
        return contest with { Ours = contest.Ours with { Title = $"{contest.Ours.Title}, less {less.Title}", Less = less } };
    }

    /// <summary>Making the tree and all that scripts do, against the scripts alone.</summary>
    public static Contest Whole(Workbench bench)
    {
        var project = bench.Activated;
        return new Contest(
            new Trial("vpkg apply from nothing, no script has ever run", project.Apply()) { Reset = () => project.Nothing("run") },
            new Trial("every postinst in a shell loop in the same sandbox", project.Loop()) { Reset = project.BeforeLoop },
            project.Describe());
    }

    /// <summary>One small package more, against everything from nothing.</summary>
    public static Contest Leaf(Workbench bench)
    {
        var project = bench.Activated;
        return new Contest(
            new Trial("vpkg apply with one package more", project.Apply()) { Reset = project.BeforeLeaf },
            new Trial("vpkg apply from nothing, no script has ever run", project.Apply()) { Reset = () => project.Nothing("leaf") },
            project.Describe());
    }

    /// <summary>A compiler's start through the launcher, against bubblewrap alone.</summary>
    public static Contest Start(Workbench bench)
    {
        var project = bench.Activated;
        var launcher = Path.Combine(project.Folder, ".vpkg/current/bin/gcc");
        return new Contest(
            new Trial("current/bin/gcc --version", new Command(launcher, "--version")) { Reset = () => Applied(bench), Runs = Starts },
            new Trial("bare bwrap … gcc --version", Bare(project, "/usr/bin/gcc", "--version")) { Runs = Starts },
            project.Describe());
    }

    /// <summary>A project of many small files compiled in the environment, against the same in a bare change of root.</summary>
    public static Contest Compile(Workbench bench)
    {
        var project = bench.Activated;
        var sources = bench.Fresh("activated/sources");
        for (var i = 0; i < Sources; i++)
        {
            File.WriteAllText(Path.Combine(sources, $"f{i}.c"), $"#include <stdio.h>\n#include <stdlib.h>\nint f{i}(int x) {{ if (x > {i}) printf(\"%d\\n\", x); return abs(x) * {i}; }}\n");
        }

        string[] make = ["/bin/sh", "-c", $"cd {sources} && rm -f *.o && ls *.c | xargs -P 2 -n 20 gcc -O1 -c"];
        return new Contest(
            new Trial($"{Sources} files in the environment", new Command(Path.Combine(project.Folder, ".vpkg/current/launch"), ["--exec", .. make])) { Reset = () => Applied(bench) },
            new Trial("the same in a bare change of root", Bare(project, ["--bind", sources, sources], make)),
            project.Describe());
    }

    private static void Applied(Workbench bench)
    {
        var project = bench.Activated;
        if (!File.Exists(Path.Combine(project.Folder, ".vpkg/current/bin/gcc")))
        {
            project.Nothing("run");
            bench.Process.Run(project.Apply());
        }
    }

    private static Command Bare(ActivatedProject project, params string[] command) => Bare(project, [], command);

    private static Command Bare(ActivatedProject project, string[] binds, string[] command) => new("bwrap",
    [
        "--ro-bind", Path.Combine(project.Environment, "usr"), "/usr", "--ro-bind", Path.Combine(project.Environment, "etc"), "/etc",
        "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", .. binds, .. command,
    ]);
}
