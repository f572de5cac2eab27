using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Engine.Syncing;
using Veridian.Solver;
using Veridian.Solver.Indexing;
using Veridian.Solver.Replaying;

namespace Veridian.Engine.Resolving;

/// <summary>A solver's mistake, kept so that whoever mends it can make it happen again.</summary>
/// <remarks>Source: <c>spec/solving.md</c> S-23. The same mistake has one file, however often it is made.</remarks>
internal static class SolverReport
{
    /// <summary>Saves request and index in the state folder.</summary>
    /// <returns>The error to tell: it names the file, or says why there is none.</returns>
    public static VeridianBugException Save(Workspace workspace, PackageIndex index, SolveRequest request, VeridianBugException wrong)
    {
        using var bytes = new MemoryStream();
        SavedRequest.Write(bytes, request, index);
        var content = bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        var path = Path.Combine(workspace.Locations.State, "reports", $"solve-{Blake3.Hash(content.Span).ToString()[..16]}.request");
        try
        {
            CacheFile.Write(path, stream => stream.Write(content.Span));
            return new VeridianBugException(wrong.Code, $"{wrong.Message} The request was saved as '{path}'.", $"Report this together with '{path}', from which it can be repeated.", wrong);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return new VeridianBugException(wrong.Code, $"{wrong.Message} The request could not be saved as '{path}': {failed.Message}",
                "Report this together with 'vpkg.toml' and 'vpkg.lock'.", wrong);
        }
    }
}
