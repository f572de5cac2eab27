using System.Globalization;
using System.Text;
using Veridian.Core.Errors;
using Veridian.Core.Hashing;
using Veridian.Core.Text;

namespace Veridian.Store.Manifests;

/// <summary>What a package says beside its files: maintainer scripts, triggers, the list of configuration files. Part of the identity.</summary>
/// <remarks>Source: <c>store-format/manifest/README.md</c> MF-8. Stored as one file, whose bytes give the control digest.</remarks>
public sealed class ControlData
{
    private const string Format = "veridian-control 1\n";
    private const int MaxNameLength = 255;

    private ControlData(IReadOnlyList<ControlMember> members) => Members = members;

    /// <summary>No members.</summary>
    public static ControlData Empty { get; } = new([]);

    /// <summary>The members in byte order of their names.</summary>
    public IReadOnlyList<ControlMember> Members { get; }

    /// <summary>BLAKE3 of <see cref="Write"/>.</summary>
    public Blake3Digest Digest => Blake3.Hash(Write());

    /// <summary>Gathers members in any order.</summary>
    /// <exception cref="UntrustedException">A name is not allowed or stands twice.</exception>
    public static ControlData Of(IEnumerable<ControlMember> members)
    {
        List<ControlMember> sorted = [.. members];
        sorted.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (var i = 0; i < sorted.Count; i++)
        {
            if (!IsName(sorted[i].Name) || (i > 0 && sorted[i].Name == sorted[i - 1].Name))
            {
                throw new UntrustedException(ErrorCodes.ArchiveRefused,
                    $"Control data has a member named '{sorted[i].Name}' that is not allowed or stands twice.", "Report the package to its repository.");
            }
        }

        return new ControlData(sorted);
    }

    /// <summary>A member's content; null if there is none of that name.</summary>
    public ReadOnlyMemory<byte>? Find(string name)
    {
        foreach (var member in Members)
        {
            if (member.Name == name)
            {
                return member.Bytes;
            }
        }

        return null;
    }

    /// <summary>The bytes that are stored and hashed.</summary>
    public byte[] Write()
    {
        var bytes = new MemoryStream();
        bytes.Write(Encoding.ASCII.GetBytes(Format));
        foreach (var (name, content) in Members)
        {
            bytes.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name} {content.Length}\n")));
            bytes.Write(content.Span);
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="bytes">The file; members are parts of it.</param>
    /// <param name="place">Its path, for messages.</param>
    /// <exception cref="StoreDamagedException">It is damaged.</exception>
    public static ControlData Read(ReadOnlyMemory<byte> bytes, string place)
    {
        var members = new List<ControlMember>();
        var last = "";
        for (var left = Skip(bytes, Encoding.ASCII.GetBytes(Format), place); !left.IsEmpty;)
        {
            var rest = left.Span;
            var head = rest.IndexOf((byte)'\n');
            var fields = head > 0 ? Encoding.ASCII.GetString(rest[..head]).Split(' ') : [];
            if (fields.Length != 2 || !IsName(fields[0]) || string.CompareOrdinal(last, fields[0]) >= 0
                || !PlainNumber.TryRead(fields[1], out int length)
                || (fields[1].Length > 1 && fields[1][0] == '0')
                || length >= rest.Length - head - 1 || rest[head + 1 + length] != '\n')
            {
                throw Damaged(place);
            }

            members.Add(new ControlMember(last = fields[0], left.Slice(head + 1, length)));
            left = left[(head + length + 2)..];
        }

        return new ControlData(members);
    }

    private static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> start, string place) =>
        bytes.Span.StartsWith(start) ? bytes[start.Length..] : throw Damaged(place);

    private static StoreDamagedException Damaged(string place) =>
        new(ErrorCodes.StoreDamaged, $"Control data '{place}' is damaged.", "Run 'vpkg verify --repair' to mend it; 'vpkg verify --store' shows all that differs.");

    private static bool IsName(string name) => name.Length is > 0 and <= MaxNameLength && name is not ("." or "..")
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '_');
}
