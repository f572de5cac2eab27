using Veridian.Core.Errors;
using Veridian.Core.Packages;
using Veridian.Engine.Syncing;
using Veridian.Formats.Profile;
using Veridian.Solver;

namespace Veridian.Engine.Resolving;

/// <summary>What <c>repository = "..."</c> of a requirement means to the solver: every version of the name from elsewhere is excluded.</summary>
internal static class RepositoryLimits
{
    /// <summary>One relation for each name that is limited and has versions elsewhere.</summary>
    /// <exception cref="UnsolvableException">The repository has no version of the name.</exception>
    public static IEnumerable<Hold> Of(EvaluatedProfile profile, SyncedMetadata metadata)
    {
        foreach (var wanted in profile.Requirements)
        {
            if (wanted.Repository is not { } repository)
            {
                continue;
            }

            var name = metadata.Index.FindName(wanted.Name);
            var versions = name < 0 ? default : metadata.Index.VersionsOf(name);
            var elsewhere = new List<string>();
            for (var version = versions.Start.Value; version < versions.End.Value; version++)
            {
                if (metadata.SuiteOf(version).Repository != repository)
                {
                    elsewhere.Add($"!={metadata.Index.VersionText(version)}");
                }
            }

            if (elsewhere.Count == versions.End.Value - versions.Start.Value)
            {
                throw new UnsolvableException(ErrorCodes.NoMatchingVersion,
                    $"Repository '{repository}' has no package '{wanted.Name}' ({wanted.Span}).", "Correct the repository's name, or leave it out.");
            }

            if (elsewhere.Count > 0)
            {
                yield return new Hold(new Relation(wanted.Name, RelationKind.Set, string.Join(", ", elsewhere)), $"repository = \"{repository}\" in {wanted.Span}");
            }
        }
    }
}
