using Veridian.Engine.Repositories;
using Veridian.Engine.Syncing;
using Veridian.Formats.Profile;
using Veridian.Solver;

namespace Veridian.Engine.Resolving;

/// <summary>What <c>min-age</c> means to the solver: one limit for each index file whose versions must have been known for some time (S-24).</summary>
internal static class AgeLimits
{
    /// <summary>The limits; none where nobody asks for one.</summary>
    public static IReadOnlyList<AgeLimit> Of(Workspace workspace, EvaluatedProfile profile, MetadataSnapshot snapshot)
    {
        var repositories = profile.Repositories.Count > 0 ? profile.Repositories : ConfiguredRepositories.Read(workspace.Locations);
        var now = (AskedTime.Of(workspace, profile) ?? workspace.Time.GetUtcNow()).ToUnixTimeSeconds();
        var limits = new List<AgeLimit>();
        for (var source = 0; source < snapshot.Suites.Count; source++)
        {
            var own = repositories.FirstOrDefault(repository => repository.Name == snapshot.Suites[source].Repository);
            var (text, place) = own?.MinAge is { } its ? (its, own.Span) : (profile.MinAge?.Value, profile.MinAge?.Span);
            if (text is not null && AgeText.TryRead(text, out var age) && age > TimeSpan.Zero)
            {
                limits.Add(new AgeLimit(source, now, (long)age.TotalSeconds, $"min-age = \"{text}\" in {place}"));
            }
        }

        return limits;
    }
}
