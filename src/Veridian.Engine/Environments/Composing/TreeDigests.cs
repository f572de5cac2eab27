using System.Collections.Concurrent;
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

    private const int ManyDirectories = 50; // fewer are digested sooner than a second thread starts

    [ThreadStatic]
    private static Blake3Hasher? _hasher;

    private readonly ConcurrentDictionary<string, DirectoryDigest> _directories = new(StringComparer.Ordinal);

    private TreeDigests()
    {
    }

    /// <summary>Digests by path.</summary>
    public IReadOnlyDictionary<string, DirectoryDigest> Directories => _directories;

    /// <summary>Digests of a planned tree.</summary>
    public static TreeDigests Of(PlannedDirectory root)
    {
        var digests = new TreeDigests();
        foreach (var (name, directory) in root.Directories)
        {
            if (name != "etc")
            {
                digests.Add(name, directory);
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

    private string Add(string path, PlannedDirectory directory)
    {
        var children = Sorted(directory.Directories);
        var hasher = Fresh();
        foreach (var (name, file) in Sorted(directory.Files))
        {
            hasher.Update([(byte)file.Entry.Kind]);
            Update(hasher, name);
            Update(hasher, file.Entry.Target);
            var content = file.Entry.Content;
            hasher.Update(content.Span);
        }

        foreach (var (name, _) in children)
        {
            hasher.Update([byte.MaxValue]);
            Update(hasher, name);
        }

        var listing = hasher.Finish().ToString()[..Length];
        var whole = children.Length == 0 ? listing : Whole(listing, AddAll(path, children));
        _directories[path] = new DirectoryDigest(listing, whole);
        return whole;
    }

    private string[] AddAll(string path, KeyValuePair<string, PlannedDirectory>[] children)
    {
        var digests = new string[children.Length];
        if (children.Length < ManyDirectories)
        {
            for (var i = 0; i < digests.Length; i++)
            {
                AddOne(i);
            }
        }
        else
        {
            Parallel.For(0, digests.Length, AddOne);
        }

        return digests;

        void AddOne(int at) => digests[at] = Add($"{path}/{children[at].Key}", children[at].Value);
    }

    private static string Whole(string listing, string[] children)
    {
        var hasher = Fresh();
        Update(hasher, listing);
        foreach (var child in children)
        {
            Update(hasher, child);
        }

        return hasher.Finish().ToString()[..Length];
    }

    private static Blake3Hasher Fresh()
    {
        var hasher = _hasher ??= Blake3Hasher.New();
        hasher.Reset();
        return hasher;
    }

    private static KeyValuePair<string, T>[] Sorted<T>(IReadOnlyDictionary<string, T> named)
    {
        var pairs = named.ToArray();
        Array.Sort(pairs, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return pairs;
    }

    /// <summary>Text with an end that no text holds, so that no two lists of texts give the same bytes.</summary>
    private static void Update(Blake3Hasher hasher, string text)
    {
        Span<byte> bytes = text.Length < 256 ? stackalloc byte[1024] : new byte[(text.Length * 3) + 1];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        bytes[length] = 0;
        hasher.Update(bytes[..(length + 1)]);
    }
}

/// <summary>Two digests of one directory, 32 hexadecimal digits each.</summary>
/// <param name="Listing">Of its files, links and names of directories.</param>
/// <param name="Whole">Of all that is in it and below.</param>
public sealed record DirectoryDigest(string Listing, string Whole);
