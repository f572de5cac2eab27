using Veridian.Core.Errors;
using Veridian.Solver;
using Veridian.Solver.Replaying;

namespace Veridian.Differential;

/// <summary>Repeats a request whose answer failed its check somewhere.</summary>
internal static class Replay
{
    /// <summary>0 when the answer passes its check now, 1 when it is still wrong, 2 for another file.</summary>
    public static int Run(byte[] file)
    {
        if (SavedRequest.TryRead(file) is not var (request, index))
        {
            Console.Error.WriteLine("This is no saved request, or it is damaged.");
            return 2;
        }

        using (index)
        {
            try
            {
                Console.WriteLine(RandomSets.Line(PackageSolver.Solve(index, request, CancellationToken.None)));
                return 0;
            }
            catch (VeridianBugException wrong)
            {
                Console.WriteLine($"wrong: {wrong.Message}");
                return 1;
            }
        }
    }
}
