using System.Globalization;
using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>A real request that cannot be satisfied, explained with fixes, against the solve of the request that the first fix makes of it.</summary>
internal static class SolveWhy
{
    private const string Impossible = "task-gnome-desktop systemd-sysv sysvinit-core";
    private const string Possible = "task-gnome-desktop systemd-sysv";

    public static Contest Prepare(Workbench bench)
    {
        var (one, two) = (bench.PathOf("why.requests"), bench.PathOf("possible.requests"));
        File.WriteAllText(one, Impossible + "\n");
        File.WriteAllText(two, Possible + "\n");
        var index = bench.PathOf("why.index");
        bench.Prepare(bench.Ourselves(["child", "index", index, .. bench.Apt.Files]));
        Trial Side(string title, string mode, string list) => new(title, bench.Ourselves(["child", "solve", mode, "5", list, index]))
        {
            Reading = text => TimeSpan.FromSeconds(double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture)),
        };
        var ours = Side($"explain {Impossible}", "why", one);
        return new Contest(ours, Side($"solve {Possible}", "auto", two), $"seconds, fixes: {bench.Prepare(ours.Start(0)).Trim()}");
    }
}
