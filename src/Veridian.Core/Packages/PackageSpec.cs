using System.Buffers;
using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Core.Packages;

/// <summary>What a person asks for on the command line: <c>[repo/]name[:arch][[feature,...]][@constraint | =version | op version,...]</c>.</summary>
/// <remarks>Source: <c>spec/names.md</c> N-2. Two specs are equal when they ask for the same in the same words.</remarks>
public sealed record PackageSpec
{
    /// <summary>The longest spec in characters.</summary>
    public const int MaxLength = 2048;

    private static readonly SearchValues<char> ConstraintStart = SearchValues.Create("@=<>!^~");

    private PackageSpec(PackageName name) => Name = name;

    /// <summary>The only repository it may come from, or null.</summary>
    public string? Repository { get; private init; }

    /// <summary>The package.</summary>
    public PackageName Name { get; private init; }

    /// <summary><c>amd64</c>, <c>all</c>, or null where the spec does not say.</summary>
    public string? Architecture { get; private init; }

    /// <summary>Features asked for, in the order written, each once.</summary>
    public IReadOnlyList<string> Features { get; private init; } = [];

    /// <summary>In the profile's grammar (V-5); empty where the spec names no version, <c>*</c> where it asks for any.</summary>
    public string Constraint { get; private init; } = "";

    /// <summary>Reads a spec.</summary>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.SpecSyntax"/>, <see cref="ErrorCodes.ConstraintSyntax"/>, or <see cref="ErrorCodes.ForeignArchitecture"/>.
    /// </exception>
    public static PackageSpec Parse(string text)
    {
        var spec = text.Trim();
        if (spec.Length is 0 or > MaxLength)
        {
            throw Error(spec.Length == 0 ? "" : spec[..32] + "...", $"a spec has 1 to {MaxLength} characters", "Write the name of a package.");
        }

        if (spec[0] is '.' or '/')
        {
            throw Error(spec, "files and folders cannot be installed", "Name a package of a repository.");
        }

        var end = spec.AsSpan().IndexOfAny(ConstraintStart);
        var constraint = end < 0 ? "" : spec[end] == '@' ? ConstraintParser.FromAtForm(spec[(end + 1)..]) : ConstraintParser.Normalise(spec[end..]);
        var head = (end < 0 ? spec : spec[..end]).TrimEnd();
        if (constraint.Length == 0 && end >= 0)
        {
            throw Error(spec, "nothing stands after '@'", "Write a version after '@', or leave it out.");
        }

        var features = TakeFeatures(spec, ref head);
        var slash = head.LastIndexOf('/');
        var repository = slash < 0 ? null : RepositoryIn(spec, head[..slash]);
        var (name, architecture) = NameIn(spec, head[(slash + 1)..]);
        return new PackageSpec(name)
        {
            Repository = repository,
            Architecture = architecture,
            Features = features,
            Constraint = constraint,
        };
    }

    /// <summary>Whether both ask for the same in the same words.</summary>
    public bool Equals(PackageSpec? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>A spec that reads back as this one.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Repository is not null)
        {
            text.Append(Repository).Append('/');
        }

        text.Append(Name.Text);
        if (Architecture is not null)
        {
            text.Append(':').Append(Architecture);
        }

        if (Features.Count > 0)
        {
            text.Append('[').AppendJoin(',', Features).Append(']');
        }

        return text.Append(Constraint.Length > 0 && !"=<>!^~".Contains(Constraint[0], StringComparison.Ordinal) ? "@" : "").Append(Constraint).ToString();
    }

    private static List<string> TakeFeatures(string spec, ref string head)
    {
        var features = new List<string>();
        var open = head.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            return features;
        }

        if (!head.EndsWith(']'))
        {
            throw Error(spec, "']' is missing after the features", "Write features as in 'curl[http3,brotli]', before any version.");
        }

        foreach (var part in head[(open + 1)..^1].Split(','))
        {
            var feature = part.Trim();
            if (!PackageName.IsValid(feature))
            {
                throw Error(spec, $"'{feature}' is no feature", "Name features in lower case letters, digits and + - . _.");
            }

            if (!features.Contains(feature))
            {
                features.Add(feature);
            }
        }

        head = head[..open];
        return features;
    }

    private static string RepositoryIn(string spec, string text) => PackageName.IsValid(text)
        ? text
        : throw Error(spec, $"'{text}' is no name of a repository", "Write 'repository/package' with one slash.");

    private static (PackageName Name, string? Architecture) NameIn(string spec, string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (nameText, architecture) = colon < 0 ? (text, null) : (text[..colon], text[(colon + 1)..]);
        if (nameText == "deb" && architecture is { Length: > 0 })
        {
            throw Error(spec, "'deb:' is no prefix here", $"Write '{architecture}' alone, or the name of a repository and a slash before it.");
        }

        if (!PackageName.TryParse(nameText, out var name))
        {
            throw Error(spec, nameText.Length == 0 ? "the name is missing" : $"'{nameText}' is no package name", NameHint(nameText));
        }

        return architecture is null or "amd64" or "all"
            ? (name, architecture)
            : throw new InvalidInputException(
                ErrorCodes.ForeignArchitecture,
                $"Package spec '{spec}' asks for architecture '{architecture}', which is not supported: only amd64 and all are.",
                $"Write '{nameText}' without ':{architecture}'.");
    }

    private static string NameHint(string text) =>
        text.ToLowerInvariant() is var lower && lower != text && PackageName.IsValid(lower)
            ? $"Write it in lower case: '{lower}'."
            : "Write a name of lower case letters, digits and + - . _ that begins with a letter or digit.";

    private static InvalidInputException Error(string spec, string problem, string hint) =>
        new(ErrorCodes.SpecSyntax, $"Package spec '{spec}' cannot be read: {problem}.", hint);
}
