namespace Veridian.Store.Verifying;

/// <summary>One difference between the store and its manifests.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Owner">The store path, the environment's digest, or the blob's path below <c>blobs/</c>.</param>
/// <param name="Path">The path inside; empty if it is about the whole.</param>
/// <param name="Detail">For people: what is there and what should be.</param>
public sealed record Finding(FindingKind Kind, string Owner, string Path, string Detail);
