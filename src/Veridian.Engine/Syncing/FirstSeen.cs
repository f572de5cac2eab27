using System.Buffers.Binary;
using System.Text;
using Veridian.Core.Hashing;
using Veridian.Trust.Releases;

namespace Veridian.Engine.Syncing;

/// <summary>Since when this machine has known each version of one index file: the date of the oldest release in which it saw it.</summary>
/// <remarks>
/// Source: <c>spec/solving.md</c> S-24. Lies in the state folder, so that a cleaned cache forgets nothing. What is lost, damaged or written by two
/// commands at once only makes versions look younger. A version that left the index is forgotten.
/// </remarks>
internal sealed class FirstSeen
{
    private const int RecordBytes = 20;
    private const int MaxBytes = 64 << 20;

    private readonly string _path;
    private readonly bool _keep;
    private readonly Dictionary<UInt128, uint> _before = [];
    private readonly Dictionary<UInt128, uint> _now = [];
    private bool _changed;

    private FirstSeen(string path, bool keep) => (_path, _keep) = (path, keep);

    private static ReadOnlySpan<byte> Magic => "vpkgsn1\n"u8;

    /// <summary>Reads what is known of an index file.</summary>
    /// <param name="folder">Where all of them are.</param>
    /// <param name="subject">The suite as it is now.</param>
    /// <param name="component">The component.</param>
    /// <param name="keep">Whether <see cref="Save"/> may write: an earlier state must not make the present one forget.</param>
    public static FirstSeen Read(string folder, ReleaseSubject subject, string component, bool keep)
    {
        var path = Path.Combine(folder, Blake3.Hash(Encoding.UTF8.GetBytes($"{subject.Repository}\n{subject.Suite}\n{component}")).ToString()[..32]);
        var seen = new FirstSeen(path, keep);
        if (BoundedFile.TryRead(path, MaxBytes) is { } bytes && bytes.AsSpan().StartsWith(Magic))
        {
            for (var rest = bytes.AsSpan(Magic.Length); rest.Length >= RecordBytes; rest = rest[RecordBytes..])
            {
                seen._before[BinaryPrimitives.ReadUInt128LittleEndian(rest)] = BinaryPrimitives.ReadUInt32LittleEndian(rest[16..]);
            }
        }

        return seen;
    }

    /// <summary>Since when the version is known, at the latest since the release it is read from; in seconds since 1970.</summary>
    public long KnownSince(ReadOnlySpan<byte> name, ReadOnlySpan<byte> version, long release)
    {
        // Half of a cryptographic digest: nobody can make a new version look like an old one.
        Span<byte> text = stackalloc byte[512];
        var since = (uint)Math.Clamp(release, 1, uint.MaxValue);
        if (name.Length + 1 + version.Length > text.Length)
        {
            return since;
        }

        name.CopyTo(text);
        text[name.Length] = (byte)'\n';
        version.CopyTo(text[(name.Length + 1)..]);
        var key = BinaryPrimitives.ReadUInt128LittleEndian(Blake3.Hash(text[..(name.Length + 1 + version.Length)]).Span);
        var known = _before.TryGetValue(key, out var earlier) && earlier <= since;
        _changed |= !known;
        return _now[key] = known ? earlier : since;
    }

    /// <summary>Keeps what was asked about, and nothing else.</summary>
    public void Save()
    {
        if (!_keep || !_changed && _now.Count == _before.Count)
        {
            return;
        }

        CacheFile.Write(_path, stream =>
        {
            stream.Write(Magic);
            Span<byte> record = stackalloc byte[RecordBytes];
            foreach (var (key, since) in _now)
            {
                BinaryPrimitives.WriteUInt128LittleEndian(record, key);
                BinaryPrimitives.WriteUInt32LittleEndian(record[16..], since);
                stream.Write(record);
            }
        });
    }
}
