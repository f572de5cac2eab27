using System.Text;
using Veridian.Core.Hashing;

namespace Veridian.Engine.Environments.Composing;

/// <summary>How an environment that borrows is put together, as its file <c>activation/parts</c> says.</summary>
/// <param name="Lender">The environment it borrows from; it must live as long.</param>
/// <param name="Parts">What to mount, in order.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-26.</remarks>
public sealed record CompositionRecord(Blake3Digest Lender, IReadOnlyList<TreePart> Parts)
{
    /// <summary>Where it lies in an environment's folder.</summary>
    public const string FileName = "activation/parts";

    private const int Limit = 1 << 20;

    // In the order of the kinds of parts.
    private static readonly string[] Words = ["own", "borrowed", "layered"];

    /// <summary>The record of an environment; null for one that is written whole.</summary>
    /// <param name="environmentFolder">Absolute path.</param>
    public static CompositionRecord? Find(string environmentFolder)
    {
        var file = new FileInfo(Path.Combine(environmentFolder, FileName));
        return file.Exists && file.Length < Limit ? Read(File.ReadAllText(file.FullName)) : null;
    }

    /// <summary>The mounts of an environment.</summary>
    /// <param name="environmentFolder">Absolute path.</param>
    /// <param name="folderOf">The absolute path of an environment.</param>
    public static IReadOnlyList<PlacedPart> Mounts(string environmentFolder, Func<Blake3Digest, string> folderOf) =>
        Find(environmentFolder) is { } record ? [.. record.Parts.Select(part => Place(part, environmentFolder, folderOf(record.Lender)))] : [];

    private static PlacedPart Place(TreePart part, string own, string lender) => part.Kind switch
    {
        PartKind.Own => new PlacedPart(part.Path, $"{own}/{part.Path}"),
        PartKind.Borrowed => new PlacedPart(part.Path, $"{lender}/{part.Path}"),
        _ => new PlacedPart(part.Path, $"{own}/{part.Path}", $"{lender}/{part.Path}"),
    };

    /// <summary>The file's text.</summary>
    public string Write()
    {
        var text = new StringBuilder($"lender\t{Lender}\n");
        foreach (var part in Parts)
        {
            text.Append(Words[(int)part.Kind]).Append('\t').Append(part.Path).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads the file's text; null if it is damaged.</summary>
    public static CompositionRecord? Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToList();
        return lines is [["lender", var hex], .. var parts] && Blake3Digest.TryParse(hex, out var lender)
            && parts.All(fields => fields.Length == 2 && Words.Contains(fields[0]) && fields[1].Length > 0)
            ? new CompositionRecord(lender, [.. parts.Select(fields => new TreePart(fields[1], (PartKind)Array.IndexOf(Words, fields[0])))])
            : null;
    }
}
