using Veridian.Benchmarks.Fixtures;
using Veridian.Benchmarks.Measuring;

namespace Veridian.Benchmarks.Figures;

/// <summary>The same profile applied twice: on top of a generation that lacks one small package, and from nothing.</summary>
internal static class EnvironmentAdd
{
    public static Contest Prepare(Workbench bench)
    {
        var project = bench.Large;
        var apply = project.Vpkg("apply", "--frozen", "--offline", "--yes", "--quiet");
        return new Contest(
            new Trial("vpkg apply on the last generation", apply) { Reset = project.BeforeAdding },
            new Trial("vpkg apply from nothing", apply) { Reset = project.BeforeAnything },
            project.Describe());
    }
}
