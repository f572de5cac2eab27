using Veridian.Core.Errors;

namespace Veridian.Core.Packages;

/// <summary>What a person asks for on the command line: <c>[repo/]name[:arch][[feature,...]][@constraint | =version | op version,...]</c>.</summary>
/// <remarks>Source: <c>spec/names.md</c> N-2. Two specs are equal when they ask for the same in the same words.</remarks>
public sealed record PackageSpec
{
    /// <summary>The only repository it may come from, or null.</summary>
    public string? Repository { get; private init; }

    /// <summary>The package.</summary>
    public required PackageName Name { get; init; }

    /// <summary><c>amd64</c>, <c>all</c>, or null where the spec does not say.</summary>
    public string? Architecture { get; private init; }

    /// <summary>Features asked for, in the order written, each once.</summary>
    public IReadOnlyList<string> Features { get; private init; } = [];

    /// <summary>In the profile's grammar (V-5); empty where the spec names no version.</summary>
    public string Constraint { get; private init; } = "";

    /// <summary>Reads a spec.</summary>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.SpecSyntax"/>, <see cref="ErrorCodes.ConstraintSyntax"/>, or <see cref="ErrorCodes.ForeignArchitecture"/>.
    /// </exception>
    public static PackageSpec Parse(string text) => throw new NotImplementedException();
}
