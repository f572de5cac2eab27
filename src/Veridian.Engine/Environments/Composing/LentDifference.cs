using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Composing;

/// <summary>Tells what would have to be written of a directory if it lay over the lender's directory at the same path.</summary>
/// <param name="path">Where, from the root.</param>
/// <param name="directory">What it is to hold.</param>
/// <returns>The files and links that the lender's lacks or has otherwise; null if the lender's has a name that this one lacks or that is of another kind.</returns>
public delegate IReadOnlyList<PlannedFile>? LentDifference(string path, PlannedDirectory directory);
