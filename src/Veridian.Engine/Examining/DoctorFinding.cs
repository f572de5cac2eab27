namespace Veridian.Engine.Examining;

/// <summary>What one examination came to.</summary>
/// <param name="Check">What was looked at: one word.</param>
/// <param name="State"><c>good</c>, <c>warning</c> (works, with loss), <c>broken</c>, <c>fixed</c> or <c>skipped</c>.</param>
/// <param name="Sentence">What was found.</param>
/// <param name="Fix">What to do, one imperative sentence; empty where nothing needs doing.</param>
public sealed record DoctorFinding(string Check, string State, string Sentence, string Fix)
{
    /// <summary>Whether somebody has to do something before all works.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsBroken => State == "broken";
}
