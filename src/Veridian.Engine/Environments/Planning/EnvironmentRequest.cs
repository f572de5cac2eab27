using System.Globalization;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Planning;

/// <summary>All that an environment is made from. Two equal requests give the same environment, byte for byte.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-1, E-2.</remarks>
public sealed record EnvironmentRequest
{
    /// <summary>The version of the rules by which trees are merged and activated. A change of the rules is a new number.</summary>
    public const int ActivationVersion = 5;

    /// <summary>Its packages, in any order.</summary>
    public required IReadOnlyList<EnvironmentPackage> Packages { get; init; }

    /// <summary>What the profile says of file conflicts.</summary>
    public IReadOnlyList<FileRule> FileRules { get; init; } = [];

    /// <summary>Certificates to trust beside those of the packages, in PEM.</summary>
    public IReadOnlyList<ExtraCertificate> ExtraCertificates { get; init; } = [];

    /// <summary>What happens to maintainer scripts that have no native counterpart.</summary>
    public ScriptPolicy Scripts { get; init; } = ScriptPolicy.Native;

    /// <summary>Packages whose scripts do not run although those of others do.</summary>
    public IReadOnlyList<string> WithoutScripts { get; init; } = [];

    /// <summary>Packages of whose scripts not even the known effects are carried out.</summary>
    public IReadOnlyList<string> WithoutEffects { get; init; } = [];

    /// <summary>The environment's identity, known before anything is built.</summary>
    public Blake3Digest Digest()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"veridian-environment {ActivationVersion}\n");
        AppendSorted(text, Packages.Select(package => $"package {package.Object}"));
        AppendSorted(text, FileRules.Select(rule => rule.Kind switch
        {
            FileRuleKind.Priority => $"priority {rule.Priority.ToString(CultureInfo.InvariantCulture)} {rule.Package}",
            FileRuleKind.Hide => $"hide {rule.Package} {Quote(rule.Path)}",
            _ => $"rename {rule.Package} {Quote(rule.Path)} {Quote(rule.NewPath)}",
        }));
        AppendSorted(text, ExtraCertificates.Select(extra => $"certificates {Blake3.Hash(extra.Pem.Span)} {Quote(extra.Name)}"));
        AppendSorted(text, WithoutScripts.Distinct().Select(name => $"without-scripts {name}"));
        AppendSorted(text, WithoutEffects.Distinct().Select(name => $"without-effects {name}"));
        text.Append(CultureInfo.InvariantCulture, $"scripts {Scripts.ToString().ToLowerInvariant()}\n");
        return Blake3.Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static void AppendSorted(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines.Order(StringComparer.Ordinal))
        {
            text.Append(line).Append('\n');
        }
    }

    /// <summary>Spaces and line ends inside a path must not look like ours.</summary>
    private static string Quote(string path) =>
        path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\s", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

/// <summary>Certificates that do not come from a package.</summary>
/// <param name="Name">For the names of the links made for it; one path component.</param>
/// <param name="Pem">One or several certificates as PEM text.</param>
public sealed record ExtraCertificate(string Name, ReadOnlyMemory<byte> Pem);
