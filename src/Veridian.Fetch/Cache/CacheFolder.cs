using Veridian.Core.Hashing;
using Veridian.Trust.Releases;

namespace Veridian.Fetch.Cache;

/// <summary>Where downloaded files lie. Everything below it may be deleted at any time; nothing in it is believed without its digest.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-6.</remarks>
/// <param name="root">An absolute path; made when first needed.</param>
public sealed class CacheFolder(string root)
{
    /// <summary>The folder itself.</summary>
    public string Root { get; } = root;

    /// <summary>Unfinished downloads.</summary>
    public string Partial => Path.Combine(Root, "partial");

    /// <summary>Where a verified package file lies, by its SHA-256.</summary>
    public string Package(Sha256Digest digest) => Path.Combine(Root, "packages", digest + ".deb");

    /// <summary>The folder of one release and its index files.</summary>
    public string Lists(ReleaseSubject subject) => Path.Combine(Root, "lists", Uri.EscapeDataString(subject.Repository) + "_" + Uri.EscapeDataString(subject.Suite));
}
