using Veridian.Store.Verifying;

namespace Veridian.Engine.Maintaining;

/// <summary>One difference between the store and its manifests.</summary>
/// <param name="Kind">What is wrong: missing, extra, changed, wrong-mode, wrong-type, wrong-target, bad-description, unreadable.</param>
/// <param name="Owner">Store path or environment.</param>
/// <param name="Path">Inside it; empty for the whole.</param>
/// <param name="Detail">More, for people.</param>
public sealed record VerifyFinding(string Kind, string Owner, string Path, string Detail)
{
    /// <summary>What it means that something is wrong in this way, and what helps.</summary>
    public string Meaning() => Kind switch
    {
        "missing" => "The file or package is not where it was put. 'vpkg verify --repair' fetches it again; 'vpkg apply' brings packages that were never here.",
        "extra" => "Something lies in the tree that no package brought. Programs may find it; 'vpkg verify --repair' moves it out.",
        "changed" => "The bytes are not those that were checked when the package came: a program wrote to the file, or the disk did. Every tree that shares it is affected; 'vpkg verify --repair' mends all of them.",
        "wrong-mode" => "The permissions differ: a file of the store that can be written to can be changed through any of its names. 'vpkg verify --repair' sets them.",
        "wrong-type" or "wrong-target" => "A file, folder or link took the place of another kind, or points elsewhere. 'vpkg verify --repair' puts back what was there.",
        "bad-description" => "What the store has written down of the package is damaged, so its files cannot be judged. 'vpkg verify --repair' unpacks it again.",
        _ => "The file could not be read: the disk reports an error, or this account may not. Look at the kernel's log; 'vpkg verify --repair' replaces it where the disk can be written to.",
    };

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
