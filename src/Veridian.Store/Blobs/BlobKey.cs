using Veridian.Core.Hashing;

namespace Veridian.Store.Blobs;

/// <summary>The name of a shared file content: digest and executable bit, because hard links share their mode.</summary>
/// <remarks>Source: <c>store-format/README.md</c> F-7.</remarks>
internal readonly record struct BlobKey(Blake3Digest Content, bool Executable)
{
    /// <summary>Path below <c>blobs/</c>: two digits, then all 64, then <c>.x</c> for an executable.</summary>
    public string Path
    {
        get
        {
            var text = Content.ToString();
            return Executable ? $"{text[..2]}/{text}.x" : $"{text[..2]}/{text}";
        }
    }

    /// <summary>The first two digits: one of at most 256 folders.</summary>
    public string Folder => Content.ToString()[..2];

    /// <summary>Mode of the file.</summary>
    public int Mode => Executable ? 0x16D : 0x124;

    /// <summary>Reads a file name in one of the 256 folders; false for anything that is no blob's name.</summary>
    public static bool TryParse(string folder, string name, out BlobKey key)
    {
        var executable = name.EndsWith(".x", StringComparison.Ordinal);
        key = default;
        if (!Blake3Digest.TryParse(executable ? name.AsSpan()[..^2] : name, out var digest))
        {
            return false;
        }

        key = new BlobKey(digest, executable);
        return key.Path == $"{folder}/{name}";
    }
}
