using System.Globalization;
using System.Text;

namespace Veridian.Debian.MaintainerScripts;

/// <summary>One file of update-alternatives' own records: all that is offered for one generic name.</summary>
/// <remarks>
/// Source: <c>spec/debian-bridge.md</c> DB-20. Lines: <c>auto</c> or <c>manual</c>, the link, then name and link of each slave, an empty
/// line; then for each choice its path, its priority, and one path for each slave, empty where it has none; an empty line ends the file.
/// </remarks>
public static class AlternativesState
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Folder of the files inside a system; a file is named as the group.</summary>
    public const string Folder = "var/lib/dpkg/alternatives";

    /// <summary>The file for a group.</summary>
    /// <param name="offers">All of one group, at least one.</param>
    public static string Write(IReadOnlyList<Alternative> offers)
    {
        var slaves = offers.SelectMany(offer => offer.Slaves).DistinctBy(slave => slave.Name).OrderBy(slave => slave.Name, StringComparer.Ordinal).ToList();
        var text = new StringBuilder("auto\n").Append(offers[0].Link).Append('\n');
        slaves.ForEach(slave => text.Append(slave.Name).Append('\n').Append(slave.Link).Append('\n'));
        text.Append('\n');
        foreach (var offer in offers.DistinctBy(offer => offer.Path).OrderBy(offer => offer.Path, StringComparer.Ordinal))
        {
            text.Append(offer.Path).Append('\n').Append(offer.Priority.ToString(CultureInfo.InvariantCulture)).Append('\n');
            slaves.ForEach(slave => text.Append(offer.Slaves.FirstOrDefault(own => own.Name == slave.Name)?.Path).Append('\n'));
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The choices that a file records; none from one that is too long or of another shape.</summary>
    /// <param name="name">The group's name.</param>
    /// <param name="bytes">The file.</param>
    public static IReadOnlyList<Alternative> Read(string name, ReadOnlySpan<byte> bytes)
    {
        var lines = bytes.Length > MaxBytes ? [] : Encoding.UTF8.GetString(bytes).Split('\n');
        var at = 2;
        var slaves = new List<(string Name, string Link)>();
        for (; at + 1 < lines.Length && lines[at].Length > 0; at += 2)
        {
            slaves.Add((lines[at], lines[at + 1]));
        }

        var offers = new List<Alternative>();
        for (at++; at + 1 + slaves.Count < lines.Length && lines[at].Length > 0; at += 2 + slaves.Count)
        {
            var offer = Offer(name, lines[1], lines.AsSpan(at, 2 + slaves.Count), slaves);
            if (offer is null)
            {
                return [];
            }

            offers.Add(offer);
        }

        return offers;
    }

    private static Alternative? Offer(string name, string link, ReadOnlySpan<string> lines, List<(string Name, string Link)> slaves)
    {
        var own = new List<AlternativeSlave>();
        for (var i = 0; i < slaves.Count; i++)
        {
            if (AlternativesReader.AreLink(slaves[i].Link, slaves[i].Name, lines[i + 2]))
            {
                own.Add(new AlternativeSlave(slaves[i].Link, slaves[i].Name, lines[i + 2]));
            }
        }

        return AlternativesReader.AreLink(link, name, lines[0]) && int.TryParse(lines[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var priority)
            ? new Alternative(link, name, lines[0], priority, own)
            : null;
    }
}
