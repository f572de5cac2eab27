using Veridian.Core.Hashing;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>What was done in the place of one package's maintainer scripts, and what was not.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Applied">Names of the effects that were carried out: <c>alternatives</c>, <c>diversions</c>, <c>ldconfig</c>, <c>emacs-packages</c>, <c>php-modules</c>, <c>xml-catalogs</c>.</param>
/// <param name="Skipped">Scripts and triggers with effects that were not carried out.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-15.</remarks>
public sealed record ActivationRecord(string Package, IReadOnlyList<string> Applied, IReadOnlyList<SkippedScript> Skipped)
{
    /// <summary>Scripts that ran in the sandbox, in order.</summary>
    public IReadOnlyList<RanScript> Ran { get; init; } = [];

    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => Applied.Count == 0 && Skipped.Count == 0 && Ran.Count == 0;

    /// <summary>The record after all scripts and triggers of an environment have run: nothing is skipped any more.</summary>
    public ActivationRecord With(IEnumerable<RanScript> ran) => this with { Ran = [.. ran], Skipped = [] };

    /// <summary>Reads a package's control members.</summary>
    /// <param name="package">The package.</param>
    /// <param name="contents">What is in it.</param>
    /// <param name="alternatives">What its postinst says of alternatives.</param>
    /// <param name="awaited">Names of all triggers that some package of the environment waits for.</param>
    /// <param name="catalogs">Whether what it registers in XML catalogues is written natively.</param>
    /// <param name="php">What its postinst does for PHP, where that is done natively; it does nothing else then.</param>
    /// <param name="addOns">What is known of Emacs' add-on packages.</param>
    internal static ActivationRecord Of(
        EnvironmentPackage package, PackageContents contents, AlternativesContent alternatives, IReadOnlySet<string> awaited, bool catalogs, PhpModuleContent? php, EmacsAddOns addOns)
    {
        var (applied, skipped) = (new List<string>(), new List<SkippedScript>());
        if (NativePackages.EffectOf(package.Name) is { } effect)
        {
            ReadNative(effect, contents, applied, skipped);
        }
        else if (php is not null)
        {
            applied.AddRange(alternatives.Understood.Count > 0 ? ["alternatives"] : []);
            applied.AddRange(php.Modules.Count + php.Interfaces.Count > 0 ? [PhpModules.Effect] : []);
        }
        else if (contents.Script("postinst") is { } script)
        {
            if (addOns.Marks(package.Name))
            {
                applied.Add(EmacsAddOns.Effect);
            }

            ReadPostinst(script, addOns.CallOf(package.Name, ScriptCall.Configure), alternatives, catalogs, applied, skipped);
        }

        if (contents.Script("preinst") is { } preinst)
        {
            ReadPreinst(package, preinst, addOns.CallOf(package.Name, ScriptCall.Install), applied, skipped);
        }

        if (contents.Script("triggers") is { } triggers)
        {
            ReadTriggers(triggers, awaited, applied, skipped);
        }

        return new ActivationRecord(package.Name, applied, skipped);
    }

    private static void ReadPostinst(ReadOnlyMemory<byte> script, ScriptCall call, AlternativesContent alternatives, bool catalogs, List<string> applied, List<SkippedScript> skipped)
    {
        if (alternatives.Understood.Count > 0)
        {
            applied.Add("alternatives");
        }

        var registers = script.Span.IndexOf("update-xmlcatalog"u8) >= 0;
        if (registers && catalogs)
        {
            applied.Add(XmlCatalogs.Effect);
        }

        var summary = ScriptSummary.Of(script.Span, call);
        if (!summary.NeedsNoRun || alternatives.NotUnderstood.Count > 0 || (registers && !catalogs))
        {
            skipped.Add(new SkippedScript("postinst", Blake3.Hash(script.Span), summary.OwnCommands.Concat(alternatives.NotUnderstood).Concat(summary.GeneratedBy).FirstOrDefault() ?? ""));
        }
    }

    private static void ReadNative(string effect, PackageContents contents, List<string> applied, List<SkippedScript> skipped)
    {
        if (!IndexTool.Makes(effect))
        {
            applied.Add(effect);
        }
        else if (contents.Script("postinst") is { } script)
        {
            skipped.Add(new SkippedScript("index", Blake3.Hash(script.Span), effect));
        }
    }

    private static void ReadPreinst(EnvironmentPackage package, ReadOnlyMemory<byte> script, ScriptCall call, List<string> applied, List<SkippedScript> skipped)
    {
        var diversions = DiversionsReader.Read(script.Span);
        if (diversions.Understood.Count > 0)
        {
            applied.Add("diversions");
        }

        var summary = ScriptSummary.Of(script.Span, call);
        if (NativePackages.EffectOf(package.Name) is null && (!summary.NeedsNoRun || diversions.NotUnderstood.Count > 0))
        {
            skipped.Insert(0, new SkippedScript("preinst", Blake3.Hash(script.Span), summary.OwnCommands.Concat(diversions.NotUnderstood).Concat(summary.GeneratedBy).FirstOrDefault() ?? ""));
        }
    }

    private static void ReadTriggers(ReadOnlyMemory<byte> triggers, IReadOnlySet<string> awaited, List<string> applied, List<SkippedScript> skipped)
    {
        foreach (var name in TriggerLines.Read(triggers.Span).Activations)
        {
            if (name == "ldconfig")
            {
                applied.Add("ldconfig");
            }
            else if (awaited.Contains(name) && !NativeTriggers.Contains(name))
            {
                skipped.Add(new SkippedScript("trigger", Blake3.Hash(triggers.Span), name));
            }
        }
    }
}

/// <summary>A script or trigger that was not carried out.</summary>
/// <param name="Name"><c>preinst</c>, <c>postinst</c>, <c>trigger</c>, or <c>index</c> for a program that makes one.</param>
/// <param name="Digest">Of the script's or the trigger file's bytes.</param>
/// <param name="FirstEffect">The first command that was not understood, or the trigger's name; may be empty.</param>
public sealed record SkippedScript(string Name, Blake3Digest Digest, string FirstEffect);
