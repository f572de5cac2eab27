using Veridian.Core.Errors;

namespace Veridian.Core.Packages;

/// <summary>One term of a constraint, as <c>&gt;=1.2</c> or <c>17.*</c>, and where in the whole it stands.</summary>
/// <remarks>Source: <c>spec/versions.md</c> V-5.</remarks>
internal sealed class ConstraintTerm
{
    private static readonly string[] Operators = ["", "=", "!=", ">=", "<=", ">", "<", "^", "~"];

    private readonly string _whole;
    private readonly SourceSpan? _place;
    private readonly string _operator;
    private readonly int _operatorAt;
    private readonly int _versionAt;
    private readonly string _version;

    private ConstraintTerm(string whole, SourceSpan? place, Range operatorRange, Range versionRange)
    {
        (_whole, _place) = (whole, place);
        (_operator, _version) = (whole[operatorRange], whole[versionRange]);
        (_operatorAt, _versionAt) = (operatorRange.Start.Value, versionRange.Start.Value);
    }

    /// <summary>Whether it can only be a Debian version.</summary>
    public bool HasEpoch => _version.Contains(':', StringComparison.Ordinal);

    public override string ToString() => _operator + _version;

    /// <summary>Splits at commas and checks everything that does not depend on the scheme.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ConstraintSyntax"/>.</exception>
    public static IReadOnlyList<ConstraintTerm> Split(string whole, SourceSpan? place)
    {
        var terms = new List<ConstraintTerm>();
        if (whole.Length > ConstraintParser.MaxLength)
        {
            throw Error(whole[..32] + "...", place, ConstraintParser.MaxLength, "expected the end", $"Write at most {ConstraintParser.MaxLength} characters.");
        }

        if (string.IsNullOrWhiteSpace(whole))
        {
            return terms;
        }

        for (var at = 0; at <= whole.Length; at++)
        {
            var operatorAt = Skip(whole, at, char.IsWhiteSpace);
            var operatorEnd = Skip(whole, operatorAt, c => "=<>!^~|&".Contains(c, StringComparison.Ordinal));
            var versionAt = Skip(whole, operatorEnd, char.IsWhiteSpace);
            var versionEnd = Skip(whole, versionAt, c => c != ',' && !char.IsWhiteSpace(c) && !"=<>!^|&".Contains(c, StringComparison.Ordinal));
            var term = new ConstraintTerm(whole, place, operatorAt..operatorEnd, versionAt..versionEnd);
            term.CheckShape();
            terms.Add(term);
            at = Skip(whole, versionEnd, char.IsWhiteSpace);
            if (at < whole.Length && whole[at] != ',')
            {
                throw Error(whole, place, at, "expected ',' or the end", "Put a comma between the parts, as in '>=1, <2'.");
            }
        }

        return terms;
    }

    /// <summary>The versions that the term allows.</summary>
    /// <exception cref="InvalidInputException"><see cref="ErrorCodes.ConstraintSyntax"/>.</exception>
    public VersionSet ToSet(VersionScheme scheme)
    {
        if (_version == "*")
        {
            return VersionSet.All(scheme);
        }

        // V-5.4: a constraint that names no epoch means the version in every epoch.
        var colon = scheme == VersionScheme.Deb ? _version.IndexOf(':', StringComparison.Ordinal) : -1;
        var line = Line(scheme, _version[(colon + 1)..]);
        var set = colon < 0 ? VersionSet.InEveryEpoch(scheme, line) : VersionSet.AroundEpoch(Epoch(_version[..colon]), line);
        return _operator == "!=" ? set.Complement() : set;
    }

    private VersionLine Line(VersionScheme scheme, string version)
    {
        var prefix = version.EndsWith(".*", StringComparison.Ordinal) ? version[..^2] : null;
        if (prefix is not null)
        {
            return Prefix(scheme, prefix);
        }

        var partial = scheme == VersionScheme.Semver && NumericPrefix.Is(version) && version.Count('.') < 2;
        CheckVersion(scheme, partial ? NumericPrefix.Padded(version) : _version);
        return _operator is "^" or "~" ? Compatible(scheme, version, partial)
            : partial ? Partial(version)
            : Whole(scheme, version);
    }

    private VersionLine Prefix(VersionScheme scheme, string prefix)
    {
        if (!NumericPrefix.Is(prefix))
        {
            throw Error(_versionAt, "expected numbers before '.*'", "Write a prefix as numbers joined by dots, as in '17.*'.");
        }

        return scheme == VersionScheme.Semver && prefix.Count('.') > 1
            ? throw Error(_versionAt, "expected one or two numbers before '.*'", "Write the three numbers without '.*'.")
            : Extensions(scheme, prefix);
    }

    private static VersionLine Extensions(VersionScheme scheme, string numbers) => VersionLine.Between(
        scheme,
        Cut.Of(scheme, numbers, CutSide.BeforeExtensions),
        Cut.Of(scheme, NumericPrefix.Next(numbers), CutSide.BeforeExtensions));

    /// <summary><c>^</c> and <c>~</c>: from the version on, until the number that must stay changes.</summary>
    private VersionLine Compatible(VersionScheme scheme, string version, bool partial)
    {
        var numbers = NumericPrefix.Of(version).ToString().Split('.');
        if (numbers[0].Length == 0)
        {
            throw Error(_versionAt, $"expected a number after '{_operator}'", $"Write '={_version}', because only numbers can be compatible.");
        }

        var firstNonZero = Array.FindIndex(numbers, number => number.AsSpan().Trim('0').Length > 0);
        var kept = _operator == "~" ? Math.Min(1, numbers.Length - 1)
            : firstNonZero >= 0 ? firstNonZero
            : numbers.Length - 1;
        return VersionLine.Between(
            scheme,
            Lowest(scheme, partial ? NumericPrefix.Padded(version) : version),
            Cut.Of(scheme, NumericPrefix.Next(version, kept), CutSide.BeforeExtensions));
    }

    // V-5.3: in semver fewer than three numbers stand for all versions that begin with them.
    private VersionLine Partial(string version)
    {
        const VersionScheme semver = VersionScheme.Semver;
        var all = Extensions(semver, version);
        return _operator switch
        {
            ">=" => VersionLine.Between(semver, Lowest(semver, NumericPrefix.Padded(version)), null),
            ">" => VersionLine.Between(semver, all.Cuts[1], null),
            "<=" => VersionLine.Between(semver, null, all.Cuts[1]),
            "<" => VersionLine.Between(semver, null, all.Cuts[0]),
            _ => all,
        };
    }

    private VersionLine Whole(VersionScheme scheme, string version)
    {
        var (low, high) = (Lowest(scheme, version), Highest(scheme, version));
        return _operator switch
        {
            ">=" => VersionLine.Between(scheme, low, null),
            ">" => VersionLine.Between(scheme, high, null),
            "<=" => VersionLine.Between(scheme, null, high),
            // V-5.5: what is excluded takes its pre-releases with it, unless it is one itself.
            "<" => VersionLine.Between(scheme, null, MayHavePreReleases(scheme, version) ? Cut.Of(scheme, version, CutSide.BeforeExtensions) : low),
            _ => VersionLine.Between(scheme, low, high),
        };
    }

    private static bool MayHavePreReleases(VersionScheme scheme, string version) => scheme switch
    {
        VersionScheme.Deb => !version.Contains('-', StringComparison.Ordinal),
        VersionScheme.Semver => SemverOrder.PreRelease(SemverOrder.WithoutBuild(version)).IsEmpty,
        _ => true,
    };

    // V-5.4: a Debian version without revision means every revision of it.
    private static Cut Lowest(VersionScheme scheme, string version) =>
        Cut.Of(scheme, version, IsUpstreamOnly(scheme, version) ? CutSide.BeforeRevisions : CutSide.Before);

    private static Cut Highest(VersionScheme scheme, string version) =>
        Cut.Of(scheme, version, IsUpstreamOnly(scheme, version) ? CutSide.AfterRevisions : CutSide.After);

    private static bool IsUpstreamOnly(VersionScheme scheme, string version) =>
        scheme == VersionScheme.Deb && !version.Contains('-', StringComparison.Ordinal);

    private void CheckShape()
    {
        if (!Operators.Contains(_operator))
        {
            throw Error(_operatorAt, $"'{_operator}' is no operator", OperatorHint());
        }

        if (_version.Length == 0)
        {
            throw Error(_versionAt, "expected a version", _operator.Length > 0
                ? $"Write a version after '{_operator}'."
                : "Remove the comma, or write a constraint beside it.");
        }

        if (_version.EndsWith('*') && _operator is not ("" or "=" or "!=") || _version == "*" && _operator.Length > 0)
        {
            throw Error(_operatorAt, $"'{_operator}' does not go with '*'", $"Write '{_version}' without '{_operator}'.");
        }
    }

    private string OperatorHint() => _operator switch
    {
        "==" => "Write '=' once.",
        ">>" => "Write '>' for a newer version.",
        "<<" => "Write '<' for an older version.",
        "=>" => "Write '>='.",
        "=<" => "Write '<='.",
        "~>" or "~=" => "Write '~'.",
        "<>" or "!" => "Write '!=' for any other version.",
        "||" or "|" or "&&" or "&" => "Use a comma, which means 'and'; there is no 'or'.",
        _ => "Use one of = != >= <= > < ^ ~.",
    };

    private void CheckVersion(VersionScheme scheme, string version)
    {
        if (PackageVersion.IsValid(scheme, version))
        {
            return;
        }

        throw scheme == VersionScheme.Semver
            ? Error(_versionAt, $"'{_version}' is no semantic version", version is ['v', >= '0' and <= '9', ..]
                ? $"Write '{_operator}{version[1..]}', without the 'v'."
                : "Write three numbers joined by dots, as in '1.2.3' or '1.2.3-rc.1'.")
            : Error(_versionAt, $"'{_version}' is no version", "Write letters, digits and . + ~ - only, beginning with a letter or digit.");
    }

    private int Epoch(string text) => Digits.AreAll(text) && int.TryParse(text, out var epoch)
        ? epoch
        : throw Error(_versionAt, "expected a number before ':'", "Write the epoch as a number, as in '1:2.30', or leave it out to mean any.");

    private InvalidInputException Error(int at, string problem, string hint) => Error(_whole, _place, at, problem, hint);

    private static InvalidInputException Error(string whole, SourceSpan? place, int at, string problem, string hint) => new(
        ErrorCodes.ConstraintSyntax,
        $"Version constraint '{whole}' cannot be read: {problem} at column {at + 1}.",
        hint,
        place is { Column: > 0 } ? place with { Column = place.Column + at } : place);

    private static int Skip(string text, int at, Func<char, bool> while_)
    {
        while (at < text.Length && while_(text[at]))
        {
            at++;
        }

        return at;
    }
}
