using Veridian.Core.Errors;

namespace Veridian.Core.Packages;

/// <summary>Reads version constraints as people write them in profiles and on the command line.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-5.</remarks>
public static class ConstraintParser
{
    /// <summary>The longest constraint in characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>Reads a constraint; the empty text and <c>*</c> hold every version.</summary>
    /// <param name="scheme">How versions are read; where it is not known yet, <see cref="VersionScheme.Generic"/> checks the syntax.</param>
    /// <param name="text">The constraint alone.</param>
    /// <param name="place">Where its first character stands, if in a file.</param>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ConstraintSyntax"/>, with the column of what is wrong.</exception>
    public static VersionSet Parse(VersionScheme scheme, string text, SourceSpan? place) => throw new NotImplementedException();

    /// <summary>Turns what stands after <c>@</c> in a spec into the grammar of <see cref="Parse"/>: <c>17</c> becomes <c>17.*</c>, <c>1.2.3</c> becomes <c>=1.2.3</c>, <c>latest</c> becomes <c>*</c>.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ConstraintSyntax"/>.</exception>
    public static string FromAtForm(string text) => throw new NotImplementedException();
}
