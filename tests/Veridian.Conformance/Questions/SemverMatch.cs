using Veridian.Core.Errors;
using Veridian.Core.Packages;

namespace Veridian.Conformance.Questions;

/// <summary>Whether a semantic version satisfies a constraint.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-6.</remarks>
internal static class SemverMatch
{
    public static int Run(string constraint, string version)
    {
        VersionSet set;
        try
        {
            set = ConstraintParser.Parse(VersionScheme.Semver, constraint, null);
        }
        catch (InvalidInputException unreadable)
        {
            throw new BadQuestionException($"error[{unreadable.Code.Id}]: {unreadable.Message}");
        }

        return PackageVersion.TryParse(VersionScheme.Semver, version, out var read)
            ? Answer.Of(set.Contains(read))
            : throw new BadQuestionException($"'{version}' is no semantic version.");
    }
}
