using Veridian.Core.Errors;

namespace Veridian.Engine.Examining;

/// <summary>One thing that is looked at.</summary>
/// <param name="Check">Its name: one word.</param>
/// <param name="Look">Looks. A <see cref="VeridianException"/> is a finding too: its message and hint.</param>
internal sealed record Examination(string Check, Func<CancellationToken, Task<Complaint?>> Look)
{
    /// <summary>What is said where all is well; empty where that needs no words.</summary>
    public string Praise { get; init; } = "";

    /// <summary>An examination that waits for nothing.</summary>
    public static Examination Of(string check, Func<Complaint?> look) => new(check, _ => Task.FromResult(look()));

    /// <summary>Looks, mends what can be mended if that is wanted, and looks again.</summary>
    public async Task<DoctorFinding> RunAsync(bool fix, CancellationToken cancellationToken)
    {
        if (await ComplaintAsync(cancellationToken) is not { } complaint)
        {
            return new DoctorFinding(Check, "good", Praise, "");
        }

        if (fix && complaint.Mend is { } mend)
        {
            try
            {
                mend();
            }
            catch (VeridianException failed)
            {
                return new DoctorFinding(Check, "broken", $"{complaint.Sentence} Mending it failed: {failed.Message}", failed.Hint);
            }

            if (await ComplaintAsync(cancellationToken) is not { } still)
            {
                return new DoctorFinding(Check, "fixed", complaint.Sentence, "");
            }

            complaint = still;
        }

        return new DoctorFinding(Check, complaint.Skipped ? "skipped" : complaint.Works ? "warning" : "broken", complaint.Sentence, complaint.Fix);
    }

    private async Task<Complaint?> ComplaintAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Look(cancellationToken);
        }
        catch (VeridianException found)
        {
            var place = (found as InvalidInputException)?.Place;
            return new Complaint($"{found.Message} [{found.Code.Id}]{(place is null ? "" : $" at {place}")}", found.Hint);
        }
    }
}

/// <summary>What is wrong.</summary>
/// <param name="Sentence">One sentence or more.</param>
/// <param name="Fix">What to do.</param>
internal sealed record Complaint(string Sentence, string Fix)
{
    /// <summary>Everything works in spite of it.</summary>
    public bool Works { get; init; }

    /// <summary>It could not be looked at.</summary>
    public bool Skipped { get; init; }

    /// <summary>Mends it; null where that is not for a program to do.</summary>
    public Action? Mend { get; init; }
}
