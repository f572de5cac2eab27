using System.Diagnostics.CodeAnalysis;
using System.Text;
using Veridian.Core.Hashing;

namespace Veridian.Core.Paths;

/// <summary>
/// The name of a store object: <c>&lt;digest&gt;-&lt;name&gt;-&lt;version&gt;</c>, one path component of at most 255 bytes.
/// The digest alone is the identity; name and version are there for people.
/// </summary>
/// <remarks>Source: <c>store-format/store-path/README.md</c> SP-1 to SP-4. Characters that must not stand in PATH or in mount options are written <c>%xx</c>.</remarks>
public sealed record StorePath : IComparable<StorePath>
{
    private const int DigestLength = 52;
    private const int MaxVersionLength = 64;

    private StorePath(Blake3Digest digest, string text) => (Digest, Text) = (digest, text);

    /// <summary>The identity.</summary>
    public Blake3Digest Digest { get; }

    /// <summary>The whole path component.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Makes the path of an object.</summary>
    /// <param name="digest">The object's identity.</param>
    /// <param name="name">A package name (N-1).</param>
    /// <param name="version">Any version text; encoded, and cut at 64 characters of its encoded form (SP-4).</param>
    public static StorePath Create(Blake3Digest digest, string name, string version)
    {
        var text = new StringBuilder(DigestLength + name.Length + version.Length + 2);
        text.Append(Base32.Encode(digest.Span)).Append('-').Append(name).Append('-');
        var start = text.Length;
        foreach (var b in Encoding.UTF8.GetBytes(version))
        {
            var encoded = IsPlain((char)b) ? ((char)b).ToString() : $"%{b:x2}";
            if (text.Length - start + encoded.Length > MaxVersionLength)
            {
                break;
            }

            text.Append(encoded);
        }

        return new StorePath(digest, text.ToString());
    }

    /// <summary>Reads a path component; refuses what <see cref="Create"/> could not have made.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out StorePath? path)
    {
        path = null;
        Span<byte> bytes = stackalloc byte[Blake3Digest.Length];
        if (text.Length is < DigestLength + 4 or > 255 || text[DigestLength] != '-' || !Base32.TryDecode(text[..DigestLength], bytes))
        {
            return false;
        }

        foreach (var c in text[DigestLength..])
        {
            if (!IsPlain(c) && c != '%')
            {
                return false;
            }
        }

        path = new StorePath(new Blake3Digest(bytes), text.ToString());
        return true;
    }

    /// <summary>Ordinal order of the texts.</summary>
    public int CompareTo(StorePath? other) => string.CompareOrdinal(Text, other?.Text);

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '_' or '~';
}
