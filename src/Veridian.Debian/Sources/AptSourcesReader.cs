using Veridian.Core.Errors;

namespace Veridian.Debian.Sources;

/// <summary>Reads apt's source lists. Nothing in them is an error of the whole file: what cannot be used is listed with its reason.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-15, DB-16.</remarks>
public static class AptSourcesReader
{
    private const int MaxLength = 1 << 20;

    /// <summary>Picks the syntax by the file's name: <c>.sources</c> is deb822, all else is one line per entry.</summary>
    /// <param name="text">The whole file; above 1 Mi characters it is ignored as a whole.</param>
    /// <param name="file">The file's name, for messages.</param>
    public static AptSources Read(string text, string file) =>
        text.Length > MaxLength
            ? new AptSources([], [new IgnoredAptSource(new SourceSpan(file, 0, 0), "", "The file is longer than 1 MiB.")])
            : Judge(file.EndsWith(".sources", StringComparison.Ordinal) ? AptStanzas.Read(text, file) : AptLines.Read(text, file));

    private static AptSources Judge(IEnumerable<AptEntry> entries)
    {
        var (sources, ignored) = (new List<AptSource>(), new List<IgnoredAptSource>());
        foreach (var entry in entries)
        {
            if (Problem(entry) is { } reason)
            {
                ignored.Add(new IgnoredAptSource(entry.Place, entry.Text, reason));
            }
            else
            {
                sources.Add(entry.Source!);
            }
        }

        return new AptSources(sources, ignored);
    }

    private static string? Problem(AptEntry entry)
    {
        if (entry.Source is not { } source)
        {
            return entry.Reason;
        }

        if (source.Types.Count == 0 || source.Types.FirstOrDefault(type => type is not ("deb" or "deb-src")) is { })
        {
            return "Its type is neither deb nor deb-src.";
        }

        if (source.Uris.Count == 0 || source.Suites.Count == 0)
        {
            return "It names no URL or no suite.";
        }

        return source.Uris.Select(SchemeProblem).FirstOrDefault(problem => problem is not null) ?? ComponentsProblem(source);
    }

    private static string? SchemeProblem(string uri)
    {
        var scheme = uri.Split(':')[0];
        return scheme switch
        {
            "http" or "https" when Uri.TryCreate(uri, UriKind.Absolute, out var url) && url.Host.Length > 0 => null,
            "file" when uri.StartsWith("file:/", StringComparison.Ordinal) => null,
            "http" or "https" or "file" => $"Its URL '{uri}' cannot be read.",
            "cdrom" => "It is a CD-ROM.",
            _ when scheme.Contains("mirror", StringComparison.Ordinal) => $"Mirror lists ('{scheme}:') are not supported.",
            _ => $"The transport '{scheme}:' is not supported.",
        };
    }

    // A path that ends in a slash is a flat repository and has no components; every suite has some.
    private static string? ComponentsProblem(AptSource source)
    {
        var flat = source.Suites.Count(suite => suite.EndsWith('/'));
        return flat != 0 && flat != source.Suites.Count ? "It mixes suites and flat paths."
            : flat != 0 && source.Components.Count > 0 ? "A flat repository has no components."
            : flat == 0 && source.Components.Count == 0 ? "It names no component."
            : null;
    }
}
