using Veridian.Store.Verifying;

namespace Veridian.Engine.Maintaining;

/// <summary>One difference between the store and its manifests.</summary>
/// <param name="Kind">What is wrong: missing, extra, changed, wrong-mode, wrong-type, wrong-target, bad-description, unreadable.</param>
/// <param name="Owner">Store path or environment.</param>
/// <param name="Path">Inside it; empty for the whole.</param>
/// <param name="Detail">More, for people.</param>
public sealed record VerifyFinding(string Kind, string Owner, string Path, string Detail)
{
    internal static VerifyFinding Of(Finding finding) => new(Word(finding.Kind), finding.Owner, finding.Path, finding.Detail);

    private static string Word(FindingKind kind) => kind switch
    {
        FindingKind.Missing => "missing",
        FindingKind.Extra => "extra",
        FindingKind.Changed => "changed",
        FindingKind.WrongMode => "wrong-mode",
        FindingKind.WrongType => "wrong-type",
        FindingKind.WrongTarget => "wrong-target",
        FindingKind.BadDescription => "bad-description",
        _ => "unreadable",
    };
}

/// <summary>What a verification found.</summary>
/// <param name="Objects">How many objects were looked at.</param>
/// <param name="Findings">All differences.</param>
public sealed record VerifyOutcome(long Objects, IReadOnlyList<VerifyFinding> Findings);
