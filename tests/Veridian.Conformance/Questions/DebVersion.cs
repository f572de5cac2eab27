using Veridian.Core.Packages;

namespace Veridian.Conformance.Questions;

/// <summary>Compares two Debian versions, as <c>dpkg --compare-versions</c> does.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-5.</remarks>
internal static class DebVersion
{
    public static int Run(string left, string relation, string right)
    {
        var order = Read(left).CompareTo(Read(right));
        return Answer.Of(relation switch
        {
            "lt" => order < 0,
            "le" => order <= 0,
            "eq" => order == 0,
            "ne" => order != 0,
            "ge" => order >= 0,
            "gt" => order > 0,
            _ => throw new BadQuestionException($"'{relation}' is none of lt, le, eq, ne, ge, gt."),
        });
    }

    private static PackageVersion Read(string text) => PackageVersion.TryParse(VersionScheme.Deb, text, out var version)
        ? version
        : throw new BadQuestionException($"'{text}' is no Debian version.");
}
