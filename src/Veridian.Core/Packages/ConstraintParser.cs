using Veridian.Core.Errors;

namespace Veridian.Core.Packages;

/// <summary>Reads version constraints as people write them in profiles and on the command line.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-5.</remarks>
public static class ConstraintParser
{
    /// <summary>The longest constraint in characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>Reads a constraint; the empty text and <c>*</c> hold every version.</summary>
    /// <param name="scheme">How versions are read; where it is not known yet, <see cref="Normalise"/> checks the syntax.</param>
    /// <param name="text">The constraint alone.</param>
    /// <param name="place">Where its first character stands, if in a file.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ConstraintSyntax"/>, with the column of what is wrong.</exception>
    public static VersionSet Parse(VersionScheme scheme, string text, SourceSpan? place)
    {
        var set = VersionSet.All(scheme);
        foreach (var term in ConstraintTerm.Split(text, place))
        {
            set = set.Intersect(term.ToSet(scheme));
        }

        return set;
    }

    /// <summary>
    /// Turns what stands after <c>@</c> in a spec into the grammar of <see cref="Parse"/>: <c>17</c> becomes <c>17.*</c>,
    /// <c>1.2.3</c> becomes <c>=1.2.3</c>, <c>latest</c> becomes <c>*</c>.
    /// </summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ConstraintSyntax"/>.</exception>
    public static string FromAtForm(string text)
    {
        var version = text.Trim();
        if (version is "latest")
        {
            return "*";
        }

        var colon = version.IndexOf(':', StringComparison.Ordinal);
        var numbers = version.AsSpan(colon + 1);
        var prefix = NumericPrefix.Is(numbers) && numbers.Count('.') < 2;
        return Normalise(
            prefix ? version + ".*"
            : version.Length > 0 && char.IsAsciiLetterOrDigit(version[0]) && !version.EndsWith(".*", StringComparison.Ordinal) && !version.Contains(',', StringComparison.Ordinal) ? "=" + version
            : version);
    }

    /// <summary>The same constraint with one space after each comma and no other; its syntax is checked without regard to a scheme.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ConstraintSyntax"/>.</exception>
    public static string Normalise(string text)
    {
        var terms = ConstraintTerm.Split(text, null);
        foreach (var term in terms)
        {
            term.ToSet(term.HasEpoch ? VersionScheme.Deb : VersionScheme.Generic);
        }

        return string.Join(", ", terms);
    }
}
