using System.Globalization;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Composing;

/// <summary>Digests of every directory of a tree, by which two trees find out what they share.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-24. <c>etc</c> is left out: activation writes into it.</remarks>
public sealed class TreeDigests
{
    private const string Format = "veridian-directories 1";
    private const int Length = 32;

    private readonly Dictionary<string, DirectoryDigest> _directories = new(StringComparer.Ordinal);

    private TreeDigests()
    {
    }

    /// <summary>Digests by path.</summary>
    public IReadOnlyDictionary<string, DirectoryDigest> Directories => _directories;

    /// <summary>Digests of a planned tree.</summary>
    public static TreeDigests Of(PlannedDirectory root)
    {
        var digests = new TreeDigests();
        var hasher = Blake3Hasher.New();
        foreach (var (name, directory) in root.Directories)
        {
            if (name != "etc")
            {
                digests.Add(name, directory, hasher);
            }
        }

        return digests;
    }

    /// <summary>The text that is kept beside an environment.</summary>
    public string Write()
    {
        var text = new StringBuilder(_directories.Count * 100).Append(Format).Append('\n');
        foreach (var (path, digest) in _directories.OrderBy(directory => directory.Key, StringComparer.Ordinal))
        {
            text.Append(digest.Listing).Append(' ').Append(digest.Whole).Append(' ').Append(path.Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads the text; null if it is of another format or damaged.</summary>
    public static TreeDigests? Read(string text)
    {
        var digests = new TreeDigests();
        var lines = text.AsSpan().EnumerateLines();
        if (!lines.MoveNext() || lines.Current is not Format)
        {
            return null;
        }

        foreach (var line in lines)
        {
            if (line.Length > (2 * Length) + 2)
            {
                digests._directories[line[((2 * Length) + 2)..].ToString()] =
                    new DirectoryDigest(line[..Length].ToString(), line.Slice(Length + 1, Length).ToString());
            }
            else if (!line.IsEmpty)
            {
                return null;
            }
        }

        return digests;
    }

    private string Add(string path, PlannedDirectory directory, Blake3Hasher hasher)
    {
        var text = new StringBuilder();
        foreach (var (name, file) in directory.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            var entry = file.Entry;
            text.Append(CultureInfo.InvariantCulture, $"{(int)entry.Kind}\t{entry.Content}\t{name}\t{entry.Target}\n");
        }

        var children = directory.Directories.OrderBy(child => child.Key, StringComparer.Ordinal).ToList();
        foreach (var (name, _) in children)
        {
            text.Append("d\t").Append(name).Append('\n');
        }

        var listing = Hash(text, hasher);
        text.Clear().Append(listing);
        foreach (var (name, child) in children)
        {
            text.Append(Add($"{path}/{name}", child, hasher));
        }

        var whole = Hash(text, hasher);
        _directories.Add(path, new DirectoryDigest(listing, whole));
        return whole;
    }

    private static string Hash(StringBuilder text, Blake3Hasher hasher)
    {
        hasher.Reset();
        hasher.Update(Encoding.UTF8.GetBytes(text.ToString()));
        return hasher.Finish().ToString()[..Length];
    }
}

/// <summary>Two digests of one directory, 32 hexadecimal digits each.</summary>
/// <param name="Listing">Of its files, links and names of directories.</param>
/// <param name="Whole">Of all that is in it and below.</param>
public sealed record DirectoryDigest(string Listing, string Whole);
