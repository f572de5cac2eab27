using System.Buffers;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Engine.Environments.Planning;
using Veridian.Store;

namespace Veridian.Engine.Environments.Composing;

/// <summary>Digests of every directory of a tree, by which two trees find out what they share.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-24. <c>etc</c> is left out: activation writes into it.</remarks>
public sealed class TreeDigests
{
    private const string Format = "veridian-directories 1";
    private const int Length = 32;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _bytes;

    private readonly Dictionary<string, DirectoryDigest> _directories = new(StringComparer.Ordinal);

    private TreeDigests()
    {
    }

    /// <summary>Digests by path.</summary>
    public IReadOnlyDictionary<string, DirectoryDigest> Directories => _directories;

    /// <summary>Digests of a planned tree, found on all processors.</summary>
    public static TreeDigests Of(PlannedDirectory root)
    {
        var nodes = new List<Node>();
        foreach (var (name, directory) in root.Directories)
        {
            if (name != "etc")
            {
                AddTo(nodes, name, directory);
            }
        }

        var listings = AllCores.Select(nodes, Listing);
        var (digests, whole) = (new TreeDigests(), new string[nodes.Count]);
        digests._directories.EnsureCapacity(nodes.Count);
        for (var at = nodes.Count - 1; at >= 0; at--) // what is in a directory comes after it
        {
            whole[at] = nodes[at].Children.Length == 0 ? listings[at] : Whole(listings[at], nodes[at].Children.Select(child => whole[child]));
            digests._directories[nodes[at].Path] = new DirectoryDigest(listings[at], whole[at]);
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

    private static int AddTo(List<Node> nodes, string path, PlannedDirectory directory)
    {
        var names = Sorted(directory.Directories.Keys);
        var (number, children) = (nodes.Count, new int[names.Length]);
        nodes.Add(new Node(path, directory, names, children));
        for (var i = 0; i < names.Length; i++)
        {
            children[i] = AddTo(nodes, $"{path}/{names[i]}", directory.Directories[names[i]]);
        }

        return number;
    }

    private static string Listing(Node node)
    {
        var bytes = Fresh();
        foreach (var name in Sorted(node.Directory.Files.Keys))
        {
            var entry = node.Directory.Files[name].Entry;
            bytes.Write([(byte)entry.Kind]);
            Add(bytes, name);
            Add(bytes, entry.Target);
            bytes.Write(entry.Content.Span);
        }

        foreach (var name in node.Names)
        {
            bytes.Write([byte.MaxValue]);
            Add(bytes, name);
        }

        return Digest(bytes);
    }

    private static string Whole(string listing, IEnumerable<string> children)
    {
        var bytes = Fresh();
        Add(bytes, listing);
        foreach (var child in children)
        {
            Add(bytes, child);
        }

        return Digest(bytes);
    }

    private static string Digest(ArrayBufferWriter<byte> bytes) => Blake3.Hash(bytes.WrittenSpan).ToString()[..Length];

    private static ArrayBufferWriter<byte> Fresh()
    {
        var bytes = _bytes ??= new ArrayBufferWriter<byte>(1 << 14);
        bytes.ResetWrittenCount();
        return bytes;
    }

    private static string[] Sorted(IEnumerable<string> names)
    {
        var sorted = names.ToArray();
        Array.Sort(sorted, string.CompareOrdinal);
        return sorted;
    }

    /// <summary>Text with an end that no text holds, so that no two lists of texts give the same bytes.</summary>
    private static void Add(ArrayBufferWriter<byte> bytes, string text)
    {
        var span = bytes.GetSpan((text.Length * 3) + 1);
        var length = Encoding.UTF8.GetBytes(text, span);
        span[length] = 0;
        bytes.Advance(length + 1);
    }

    /// <summary>A directory, the names of those in it in order, and their numbers.</summary>
    private sealed record Node(string Path, PlannedDirectory Directory, string[] Names, int[] Children);
}

/// <summary>Two digests of one directory, 32 hexadecimal digits each.</summary>
/// <param name="Listing">Of its files, links and names of directories.</param>
/// <param name="Whole">Of all that is in it and below.</param>
public sealed record DirectoryDigest(string Listing, string Whole);
