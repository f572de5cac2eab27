using System.Globalization;
using System.Text;
using Veridian.Core.Hashing;

namespace Veridian.Engine.Syncing;

/// <summary>What the last sync of a set of repositories brought: everything a solve needs to find, in the cache.</summary>
/// <param name="Synced">When the mirrors were asked.</param>
/// <param name="Suites">One for each index file, in the order of the index's source numbers.</param>
public sealed record MetadataSnapshot(DateTimeOffset Synced, IReadOnlyList<SyncedSuite> Suites)
{
    private const string FirstLine = "vpkg-snapshot 1";

    /// <summary>Identifies the content: the same index files in the same order and priority.</summary>
    public string ContentKey()
    {
        var text = new StringBuilder();
        foreach (var suite in Suites)
        {
            text.Append(suite.Index).Append(' ').Append(suite.Priority).Append('\n');
        }

        return Blake3.Hash(Encoding.UTF8.GetBytes(text.ToString())).ToString()[..32];
    }

    /// <summary>One line for the time and one for each suite, fields separated by tabs.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(FirstLine).Append('\t').Append(Synced.ToUnixTimeSeconds()).Append('\n');
        foreach (var suite in Suites)
        {
            text.AppendJoin('\t',
                suite.Repository, suite.Suite, suite.Component, suite.Priority.ToString(CultureInfo.InvariantCulture), suite.Url,
                suite.Date.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), suite.Release.ToString(), string.Join(',', suite.Signers),
                suite.Index.ToString(), suite.TextPath).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote; null for anything else, which is then made anew.</summary>
    public static MetadataSnapshot? TryRead(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0].Split('\t') is not [FirstLine, var stamp] || !long.TryParse(stamp, out var synced))
        {
            return null;
        }

        var suites = new List<SyncedSuite>();
        foreach (var line in lines.AsSpan(1))
        {
            if (line.Split('\t') is not [var repository, var suite, var component, var priority, var url, var date, var release, var signers, var index, var path]
                || !int.TryParse(priority, out var rank)
                || !long.TryParse(date, out var seconds)
                || !Sha256Digest.TryParse(release, out var releaseDigest)
                || !Sha256Digest.TryParse(index, out var indexDigest)
                || !File.Exists(path))
            {
                return null;
            }

            suites.Add(new SyncedSuite(repository, suite, component, rank, url, DateTimeOffset.FromUnixTimeSeconds(seconds), releaseDigest,
                signers.Split(',', StringSplitOptions.RemoveEmptyEntries), indexDigest, path));
        }

        return new MetadataSnapshot(DateTimeOffset.FromUnixTimeSeconds(synced), suites);
    }
}
