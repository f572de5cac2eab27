using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>Follows <c>include</c> from a root file, each file once (P-10).</summary>
internal sealed class IncludeWalk(Func<string, ProfileFile?> load)
{
    private const int MaxFiles = 256;

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly List<string> _chain = [];
    private readonly List<ProfileFile> _files = [];

    /// <summary>The root and all that it includes, each file before those it includes.</summary>
    public IReadOnlyList<ProfileFile> From(ProfileFile root)
    {
        Visit(root, Normalise(root.FileName));
        return _files;
    }

    /// <summary>An include's path, joined to the folder of the file that names it; <c>.</c> and <c>..</c> are resolved as text.</summary>
    internal static string Join(string file, string include)
    {
        var folder = file[..(file.LastIndexOf('/') + 1)];
        return Normalise(include.StartsWith('/') ? include : folder + include);
    }

    private void Visit(ProfileFile file, string path)
    {
        _files.Add(file);
        _seen.Add(path);
        _chain.Add(path);
        foreach (var include in file.Includes)
        {
            var next = Join(path, include.Path);
            if (_chain.Contains(next))
            {
                throw new InvalidInputException(ErrorCodes.ProfileInclude,
                    $"Profile '{next}' includes itself: {string.Join(" -> ", _chain[_chain.IndexOf(next)..])} -> {next}.",
                    "Remove one of these includes.", include.Span);
            }

            if (_files.Count == MaxFiles)
            {
                throw new InvalidInputException(ErrorCodes.ProfileInclude, $"A profile may be made of at most {MaxFiles} files.", "Join some of the files.", include.Span);
            }

            if (!_seen.Contains(next))
            {
                Visit(load(next) ?? throw NotThere(next, include), next);
            }
        }

        _chain.RemoveAt(_chain.Count - 1);
    }

    private static InvalidInputException NotThere(string path, ProfileInclude include) => new(
        ErrorCodes.ProfileInclude, $"The included file '{path}' is not there.", "Correct the path or remove the include.", include.Span);

    private static string Normalise(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or ".") && !(part == ".." && path.StartsWith('/')))
            {
                parts.Add(part);
            }
        }

        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }
}
