using System.Text;
using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>What was done in the place of one package's maintainer scripts, and what was not.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Applied">Names of the effects that were carried out: <c>alternatives</c>, <c>diversions</c>, <c>ldconfig</c>.</param>
/// <param name="Skipped">Scripts and triggers with effects that were not carried out.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-15.</remarks>
public sealed record ActivationRecord(string Package, IReadOnlyList<string> Applied, IReadOnlyList<SkippedScript> Skipped)
{
    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => Applied.Count == 0 && Skipped.Count == 0;

    /// <summary>Reads a package's control members.</summary>
    /// <param name="package">The package.</param>
    /// <param name="contents">What is in it.</param>
    /// <param name="alternatives">What its postinst says of alternatives.</param>
    public static ActivationRecord Of(EnvironmentPackage package, PackageContents contents, AlternativesContent alternatives)
    {
        var (applied, skipped) = (new List<string>(), new List<SkippedScript>());
        if (contents.Script("postinst") is { } script)
        {
            ReadPostinst(script, alternatives, applied, skipped);
        }

        if (EnvironmentPlan.ReadDiversions(package, contents).Count > 0)
        {
            applied.Add("diversions");
        }

        if (contents.Script("triggers") is { } triggers)
        {
            ReadTriggers(triggers, applied, skipped);
        }

        return new ActivationRecord(package.Name, applied, skipped);
    }

    private static void ReadPostinst(ReadOnlyMemory<byte> script, AlternativesContent alternatives, List<string> applied, List<SkippedScript> skipped)
    {
        if (alternatives.Understood.Count > 0)
        {
            applied.Add("alternatives");
        }

        var summary = ScriptSummary.Of(script.Span);
        if (!summary.IsPlain || alternatives.NotUnderstood.Count > 0)
        {
            skipped.Add(new SkippedScript("postinst", Blake3.Hash(script.Span), summary.OwnCommands.Concat(alternatives.NotUnderstood).FirstOrDefault() ?? ""));
        }
    }

    private static void ReadTriggers(ReadOnlyMemory<byte> triggers, List<string> applied, List<SkippedScript> skipped)
    {
        foreach (var line in Encoding.UTF8.GetString(triggers.Span).Split('\n'))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is [var verb, "ldconfig", ..] && verb.StartsWith("activate", StringComparison.Ordinal))
            {
                applied.Add("ldconfig");
            }
            else if (words is [var kind, var name, ..] && !kind.StartsWith('#') && !kind.StartsWith("interest", StringComparison.Ordinal))
            {
                skipped.Add(new SkippedScript("trigger", Blake3.Hash(triggers.Span), name));
            }
        }
    }
}

/// <summary>A script or trigger that was not carried out.</summary>
/// <param name="Name"><c>postinst</c> or <c>trigger</c>.</param>
/// <param name="Digest">Of the script's or the trigger file's bytes.</param>
/// <param name="FirstEffect">The first command that was not understood, or the trigger's name; may be empty.</param>
public sealed record SkippedScript(string Name, Blake3Digest Digest, string FirstEffect);
