using Veridian.Trust.Releases;

namespace Veridian.Fetch.Metadata;

/// <summary>Where things are in a Debian repository.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-8. Names from the profile are escaped before they become part of a URL.</remarks>
internal static class RepositoryLayout
{
    private static readonly string[] Compressions = [".xz", ".gz", ""];

    /// <summary>The URL of a file of the release, on one mirror.</summary>
    public static Uri Url(Uri mirror, string suite, string path)
    {
        var folder = suite.EndsWith('/') ? suite.Trim('/') is "." or "" ? "" : suite.Trim('/') + "/" : $"dists/{suite}/";
        var escaped = string.Join('/', (folder + path).Split('/').Select(Uri.EscapeDataString));
        return new Uri(mirror.AbsoluteUri.TrimEnd('/') + "/" + escaped);
    }

    /// <summary>The same file by its digest: right even while the mirror is being updated.</summary>
    public static Uri ByHash(Uri mirror, string suite, ReleaseFile file) =>
        Url(mirror, suite, file.Path[..(file.Path.LastIndexOf('/') + 1)] + "by-hash/SHA256/" + file.Digest);

    /// <summary>The best compressed form of an index file that the release lists; null if it lists none.</summary>
    public static ReleaseFile? FindIndex(ReleaseFileList files, string component, string architecture)
    {
        var path = component.Length == 0 ? "Packages" : $"{component}/binary-{architecture}/Packages";
        return Compressions.Select(ending => files.Find(path + ending) ?? (component.Length == 0 ? files.Find("./" + path + ending) : null))
            .FirstOrDefault(file => file is not null);
    }
}
