using System.Globalization;
using System.Text;
using Veridian.Debian.MaintainerScripts;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Alternatives that scripts have offered, as an environment keeps them in the file <c>activation/offers</c>.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-10. One line for an offer, one for each of its slaves, fields separated by tabs.</remarks>
internal static class ScriptOffers
{
    /// <summary>Where it lies in an environment's folder.</summary>
    public const string FileName = "activation/offers";

    private const int Limit = 16 << 20;

    /// <summary>The offers of an environment by package; none where it has none.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Alternative>> Find(string environmentFolder) =>
        Read(Encoding.UTF8.GetString(BoundedFile.TryRead(Path.Combine(environmentFolder, FileName), Limit) ?? []));

    /// <summary>The file's text.</summary>
    public static string Write(IReadOnlyDictionary<string, IReadOnlyList<Alternative>> offers)
    {
        var text = new StringBuilder();
        foreach (var (package, offer) in offers.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value.Select(offer => (pair.Key, offer))))
        {
            text.AppendJoin('\t', "offer", package, offer.Link, offer.Name, offer.Path, offer.Priority.ToString(CultureInfo.InvariantCulture)).Append('\n');
            foreach (var slave in offer.Slaves)
            {
                text.AppendJoin('\t', "slave", slave.Link, slave.Name, slave.Path).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Reads the file's text; lines of another shape are passed over.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<Alternative>> Read(string text)
    {
        var offers = new List<(string Package, Alternative Offer)>();
        var slaves = new List<AlternativeSlave>();
        foreach (var fields in text.Split('\n').Select(line => line.Split('\t')))
        {
            if (fields is ["offer", var package, var link, var name, var path, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var priority))
            {
                slaves = [];
                offers.Add((package, new Alternative(link, name, path, priority, slaves)));
            }
            else if (fields is ["slave", var at, var slave, var target])
            {
                slaves.Add(new AlternativeSlave(at, slave, target));
            }
        }

        return offers.GroupBy(pair => pair.Package, pair => pair.Offer, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Alternative>)[.. group], StringComparer.Ordinal);
    }
}
