using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Debian.Archive;

/// <summary>The control members of a package, sorted by the ordinal order of their names.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-10.</remarks>
public sealed class ControlData
{
    private static readonly string[] Scripts = ["preinst", "postinst", "prerm", "postrm"];

    private readonly ControlMember[] _members;

    private ControlData(ControlMember[] members)
    {
        _members = members;
        ControlFile = Find("control") ?? throw ArchiveRefusal.Of("The package has no control file.");
    }

    private static ReadOnlySpan<byte> Mark => "veridian-control 1\n"u8;

    /// <summary>The members in order.</summary>
    public IReadOnlyList<ControlMember> Members => _members;

    /// <summary>The text of the member <c>control</c>; always there.</summary>
    public ReadOnlyMemory<byte> ControlFile { get; }

    /// <summary>Whether no maintainer script names <c>dpkg-divert</c>.</summary>
    public bool IsDiversionFree =>
        !_members.Any(m => Scripts.Contains(m.Name) && m.Bytes.Span.IndexOf("dpkg-divert"u8) >= 0);

    /// <summary>Sorts members that came in any order.</summary>
    /// <exception cref="UntrustedException">A name is there twice or is no name, or <c>control</c> is missing.</exception>
    public static ControlData Of(IEnumerable<ControlMember> members)
    {
        var sorted = members.OrderBy(m => m.Name, StringComparer.Ordinal).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (!IsName(sorted[i].Name))
            {
                throw ArchiveRefusal.Of($"The package has the control member {ArchiveRefusal.Quote(sorted[i].Name)}, which is no plain name.");
            }

            if (i > 0 && sorted[i].Name == sorted[i - 1].Name)
            {
                throw ArchiveRefusal.Of($"The package has the control member '{sorted[i].Name}' twice.");
            }
        }

        return new ControlData(sorted);
    }

    /// <summary>A member's bytes, or null when the package has none of that name.</summary>
    public ReadOnlyMemory<byte>? Find(string name) => _members.FirstOrDefault(m => m.Name == name)?.Bytes;

    /// <summary>The one encoding of all members, for digests and for keeping beside the tree.</summary>
    public byte[] ToCanonicalBytes()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Mark);
        foreach (var member in _members)
        {
            bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{member.Name} {member.Bytes.Length}\n")));
            bytes.Write(member.Bytes.Span);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToCanonicalBytes"/> wrote; refuses any other bytes.</summary>
    /// <exception cref="UntrustedException">The bytes are not in that encoding.</exception>
    public static ControlData FromCanonicalBytes(ReadOnlyMemory<byte> bytes)
    {
        var members = new List<ControlMember>();
        for (var at = bytes.Span.StartsWith(Mark) ? Mark.Length : throw NotCanonical(); at < bytes.Length;)
        {
            var rest = bytes.Span[at..];
            var space = rest.IndexOf((byte)' ');
            var line = rest.IndexOf((byte)'\n');
            if (space < 1 || line < space || !Utf8Parser.TryParse(rest[(space + 1)..line], out int length, out var digits) || digits != line - space - 1
                || length < 0 || length > rest.Length - line - 2 || rest[line + 1 + length] != '\n')
            {
                throw NotCanonical();
            }

            members.Add(new ControlMember(Encoding.ASCII.GetString(rest[..space]), bytes.Slice(at + line + 1, length)));
            at += line + length + 2;
        }

        var data = Of(members);
        return data.ToCanonicalBytes().AsSpan().SequenceEqual(bytes.Span) ? data : throw NotCanonical();
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 255 && name is not ("." or "..") && name.All(c => c is > ' ' and < '\x7f' and not '/');

    private static UntrustedException NotCanonical() => ArchiveRefusal.Of("The kept control data of a package is not in its canonical encoding.");
}
