using System.Text;
using Veridian.Core.Hashing;
using Veridian.Core.Text;
using Veridian.Core.Units;

namespace Veridian.Trust.Releases;

/// <summary>A file that a release vouches for.</summary>
/// <param name="Path">Relative to the suite's folder, as signed.</param>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Size">Its length.</param>
public sealed record ReleaseFile(string Path, Sha256Digest Digest, ByteCount Size);

/// <summary>The <c>SHA256</c> section of a release text. Weaker sections are not read.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-2. At most 200,000 files; a path that stands twice with other facts is an error.</remarks>
public sealed class ReleaseFileList
{
    /// <summary>The most files one release may list.</summary>
    public const int MaxFiles = 200_000;

    private readonly Dictionary<string, ReleaseFile> _files = new(StringComparer.Ordinal);

    private ReleaseFileList()
    {
    }

    /// <summary>How many files the release lists.</summary>
    public int Count => _files.Count;

    /// <summary>The file at a path, or null.</summary>
    public ReleaseFile? Find(string path) => _files.GetValueOrDefault(path);

    /// <summary>Reads the section.</summary>
    /// <exception cref="Core.Errors.UntrustedException">A line is malformed, or a limit is passed.</exception>
    public static ReleaseFileList Read(string name, Trusted<ReleaseText> release)
    {
        var list = new ReleaseFileList();
        var text = release.Value.Payload.Span;
        var inside = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd(" \t\r"u8);
            if (!line.IsEmpty && line[0] is not ((byte)' ' or (byte)'\t'))
            {
                inside = line.StartsWith("SHA256:"u8);
            }
            else if (inside && !line.IsEmpty)
            {
                list.Add(name, Encoding.UTF8.GetString(line));
            }
        }

        return list;
    }

    private void Add(string name, string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3
            || !Sha256Digest.TryParse(words[0], out var digest)
            || !PlainNumber.TryRead(words[1], out long size)
            || _files.Count == MaxFiles)
        {
            throw ReleaseFields.Malformed(name, _files.Count == MaxFiles ? $"lists more than {MaxFiles} files" : $"has a broken file line: '{line.Trim()}'");
        }

        var file = new ReleaseFile(words[2], digest, new ByteCount(size));
        if (!_files.TryAdd(file.Path, file) && _files[file.Path] != file)
        {
            throw ReleaseFields.Malformed(name, $"lists '{file.Path}' twice with different facts");
        }
    }
}
