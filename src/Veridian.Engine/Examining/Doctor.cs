using Veridian.Engine.Repositories;

namespace Veridian.Engine.Examining;

/// <summary>Looks at everything outside the profile that has to be right for the program to work.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-20.</remarks>
public static class Doctor
{
    /// <summary>Runs every examination, one after the other.</summary>
    /// <param name="workspace">Folders, profile, clock, whether the network may be used.</param>
    /// <param name="fix">Mend what can be mended without a decision of a person.</param>
    /// <param name="cancellationToken">Stops between two examinations.</param>
    public static async Task<IReadOnlyList<DoctorFinding>> RunAsync(Workspace workspace, bool fix, CancellationToken cancellationToken)
    {
        var host = HostDebian.Read(workspace.Variable("VPKG_HOST_ROOT") is { Length: > 0 } root ? root : "/");
        Examination[] all =
        [
            .. HostExaminations.Of(workspace),
            .. FolderExaminations.Of(workspace),
            .. StoreExaminations.Of(workspace),
            .. RepositoryExaminations.Of(workspace, host),
        ];
        var findings = new List<DoctorFinding>();
        foreach (var examination in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            findings.Add(await examination.RunAsync(fix, cancellationToken));
        }

        return findings;
    }
}
