using Veridian.Testing.Solving;

namespace Veridian.Differential.Peers;

/// <summary>aspcud: an optimiser that proves its answers, with the same criteria.</summary>
internal sealed class AspcudPeer(string folder)
{
    /// <summary>The largest problem that is worth asking, in versions.</summary>
    public const int MostVersions = 3000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>The optimum's costs on L1 to L4; null where it did not finish or found none.</summary>
    public (int RequestedLag, int OtherLag, int SecondChoices, int Packages)? Solve(CudfProblem problem)
    {
        var (input, output) = (Path.Combine(folder, "problem.cudf"), Path.Combine(folder, "solution.cudf"));
        File.WriteAllText(input, problem.Text);
        File.Delete(output);
        return Peer.Run(Timeout, "aspcud", [input, output, CudfProblem.Criteria]) is { ExitCode: 0 } && File.Exists(output)
            && File.ReadAllLines(output) is { Length: > 0 } lines && !lines.Contains("FAIL")
                ? problem.CostOf(lines)
                : null;
    }
}
