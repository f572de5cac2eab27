// The shapes of all --json documents, together, because together they are the promise of spec/cli.md CL-6.
using System.Text.Json.Serialization;
using Veridian.Core.Errors;
using Veridian.Engine.Checking;
using Veridian.Engine.Configuring;
using Veridian.Engine.Examining;
using Veridian.Engine.Inspecting;
using Veridian.Engine.Maintaining;
using Veridian.Engine.Recording;

namespace Veridian.Cli.Printing;

internal sealed record ListDocument(string Schema, IReadOnlyList<PackageSummary> Packages);

internal sealed record TreeDocument(string Schema, bool Inverted, IReadOnlyList<TreeNode> Roots);

/// <summary>A package of a tree; <c>below</c> is null where it was opened before, or lies deeper than was asked for.</summary>
internal sealed record TreeNode(string Name, string Version, bool Requested, IReadOnlyList<TreeNode>? Below);

internal sealed record SearchDocument(string Schema, IReadOnlyList<SearchHit> Packages);

internal sealed record InfoDocument(string Schema, PackageDetails Package);

internal sealed record OutdatedDocument(string Schema, IReadOnlyList<OutdatedPackage> Packages);

internal sealed record ChangeDocument(string Kind, string Name, string? OldVersion, string? NewVersion, bool Requested);

internal sealed record PlanDocument(
    string Schema, bool NothingToDo, IReadOnlyList<ChangeDocument> Changes, long DownloadBytes, long InstallBytes, string Proof, string Scripts, IReadOnlyList<PackageScriptsDocument> ScriptsOfPackages, IReadOnlyList<string> ScriptsToRun, int ScriptsUnread,
    IReadOnlyList<string> NeedsConfirmation);

internal sealed record PackageScriptsDocument(string Name, string Scripts);

internal sealed record ApplyDocument(string Schema, int Generation, bool Changed, IReadOnlyList<ChangeDocument> Changes, IReadOnlyList<string> Skipped);

internal sealed record LockDocument(string Schema, int Packages, string Proof);

internal sealed record PathDocument(string Schema, string Path);

internal sealed record GenerationsDocument(string Schema, IReadOnlyList<GenerationSummary> Generations);

internal sealed record DiffDocument(string Schema, int From, int To, IReadOnlyList<ChangeDocument> Changes);

internal sealed record CollectDocument(string Schema, bool DryRun, IReadOnlyList<string> Objects, IReadOnlyList<string> Environments, int Scripts, long Bytes);

internal sealed record VerifyDocument(string Schema, long Objects, IReadOnlyList<VerifyFinding> Findings);

internal sealed record RepairDocument(
    string Schema, long Objects, int Found, IReadOnlyList<string> Fetched, IReadOnlyList<string> Rebuilt, IReadOnlyList<string> Problems, IReadOnlyList<VerifyFinding> Remaining);

internal sealed record UsageDocument(string Schema, IReadOnlyList<UsageRow> Rows);

internal sealed record WhyDocument(string Schema, string Name, string Version, bool Essential, IReadOnlyList<IReadOnlyList<string>> Chains);

internal sealed record WhyNotDocument(string Schema, string Spec, bool AlreadyThere, IReadOnlyList<ChangeDocument> Changes, string Costs, string CostsNow, string Proof);

internal sealed record CacheDocument(string Schema, string Folder, long Files, long Bytes, int Scripts, long ScriptBytes);

internal sealed record ActivationDocument(string Schema, string Layer, IReadOnlyList<PackageActivation> Packages);

internal sealed record ExplainDocument(string Schema, string Id, string Title, string Text);

internal sealed record ErrorIdsDocument(string Schema, IReadOnlyList<ErrorId> Ids);

internal sealed record ErrorId(string Id, string Title);

internal sealed record ConfigurationDocument(string Schema, IReadOnlyList<ConfiguredValue> Values);

internal sealed record LogDocument(string Schema, IReadOnlyList<RecordedCommand> Commands);

internal sealed record CheckDocument(string Schema, IReadOnlyList<CheckedFile> Files);

internal sealed record ContentsDocument(string Schema, IReadOnlyList<StoredEntry> Entries);

internal sealed record ReasonsDocument(string Schema, bool Alive, IReadOnlyList<string> Reasons);

internal sealed record DoctorDocument(string Schema, bool Healthy, IReadOnlyList<DoctorFinding> Findings);

internal sealed record VariablesDocument(string Schema, string Environment, IReadOnlyDictionary<string, string> Variables);

internal sealed record ErrorBody(string Id, string Message, string Hint, string? Place)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReasonText>? Reasons { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SuggestedFix>? Fixes { get; init; }
}

internal sealed record ErrorDocument(string Schema, ErrorBody Error);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, MaxDepth = 1000)]
[JsonSerializable(typeof(ListDocument))]
[JsonSerializable(typeof(TreeDocument))]
[JsonSerializable(typeof(SearchDocument))]
[JsonSerializable(typeof(InfoDocument))]
[JsonSerializable(typeof(OutdatedDocument))]
[JsonSerializable(typeof(WhyDocument))]
[JsonSerializable(typeof(WhyNotDocument))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(ApplyDocument))]
[JsonSerializable(typeof(LockDocument))]
[JsonSerializable(typeof(PathDocument))]
[JsonSerializable(typeof(GenerationsDocument))]
[JsonSerializable(typeof(DiffDocument))]
[JsonSerializable(typeof(CollectDocument))]
[JsonSerializable(typeof(VerifyDocument))]
[JsonSerializable(typeof(RepairDocument))]
[JsonSerializable(typeof(UsageDocument))]
[JsonSerializable(typeof(CacheDocument))]
[JsonSerializable(typeof(ActivationDocument))]
[JsonSerializable(typeof(ExplainDocument))]
[JsonSerializable(typeof(ErrorIdsDocument))]
[JsonSerializable(typeof(ConfigurationDocument))]
[JsonSerializable(typeof(LogDocument))]
[JsonSerializable(typeof(CheckDocument))]
[JsonSerializable(typeof(ContentsDocument))]
[JsonSerializable(typeof(ReasonsDocument))]
[JsonSerializable(typeof(DoctorDocument))]
[JsonSerializable(typeof(VariablesDocument))]
[JsonSerializable(typeof(ErrorDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext;
