using Veridian.Core.Packages;
using Veridian.Solver;
using Veridian.Solver.Indexing;

namespace Veridian.Differential;

/// <summary>What dose-debcheck takes for granted: of every name with an essential version, one of those versions.</summary>
/// <remarks>The product's own rule is S-2; they differ only where versions of one name disagree about being essential.</remarks>
internal static class EssentialPackages
{
    public static IReadOnlyList<Requirement> Of(PackageIndex index)
    {
        var requirements = new List<Requirement>();
        for (var name = 0; name < index.NameCount; name++)
        {
            var versions = Enumerable.Range(index.VersionsOf(name).Start.Value, index.VersionsOf(name).End.Value - index.VersionsOf(name).Start.Value).ToArray();
            if (versions.Any(index.IsEssential))
            {
                var others = versions.Where(version => !index.IsEssential(version)).Select(version => $"!={index.VersionText(version)}").ToArray();
                requirements.Add(new Requirement(
                    others.Length == 0 ? new Relation(index.NameText(name), RelationKind.Any, "") : new Relation(index.NameText(name), RelationKind.Set, string.Join(", ", others)),
                    "essential")
                { Itself = true });
            }
        }

        return requirements;
    }
}
