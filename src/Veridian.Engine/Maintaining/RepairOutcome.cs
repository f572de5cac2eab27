namespace Veridian.Engine.Maintaining;

/// <summary>What a repair found and did.</summary>
/// <param name="Objects">How many objects were looked at.</param>
/// <param name="Found">How many differences there were.</param>
/// <param name="Fetched">Store paths that were fetched and unpacked again.</param>
/// <param name="Rebuilt">Environments that were built again.</param>
/// <param name="Problems">Why something could not be mended, a sentence each.</param>
/// <param name="Remaining">The differences that are left.</param>
public sealed record RepairOutcome(
    long Objects, int Found, IReadOnlyList<string> Fetched, IReadOnlyList<string> Rebuilt, IReadOnlyList<string> Problems, IReadOnlyList<VerifyFinding> Remaining);
