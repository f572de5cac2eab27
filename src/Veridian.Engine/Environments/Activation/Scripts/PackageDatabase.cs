using System.Text;
using Veridian.Debian.MaintainerScripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>The records that scripts and dpkg's own tools expect to find: every package is installed, every control file is in its place.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-3.</remarks>
internal static class PackageDatabase
{
    /// <summary>Folder of the control files.</summary>
    public const string Members = Folder + "/info";

    /// <summary>Folder of the control files of a package that is about to be unpacked.</summary>
    public const string Unpacking = Folder + "/tmp.ci";

    /// <summary>What is diverted.</summary>
    public const string Diversions = Folder + "/diversions";

    /// <summary>Where dpkg-trigger records what has been set off.</summary>
    public const string PendingTriggers = Folder + "/triggers/Unincorp";

    private const string Folder = "var/lib/dpkg";
    private static readonly string[] NotKept = ["control", "md5sums"];

    /// <summary>The database but for what <see cref="RecordsOf"/> says of single packages.</summary>
    /// <param name="packages">All packages of the view.</param>
    /// <param name="alternatives">What has been offered as alternatives so far.</param>
    /// <param name="diversions">What these packages divert.</param>
    /// <param name="unpacking">A package that is about to be unpacked; null where none is.</param>
    public static IEnumerable<ViewFile> Files(
        IReadOnlyList<PackageControl> packages, IEnumerable<Alternative> alternatives, IEnumerable<Diversion> diversions, PackageControl? unpacking)
    {
        yield return ViewFile.Text($"{Folder}/status", string.Concat(packages.Select(Stanza)));
        yield return ViewFile.Text($"{Folder}/available", "");
        yield return ViewFile.Text(Diversions, Diversion.WriteRecords(diversions));
        yield return ViewFile.Text($"{Folder}/statoverride", "");
        yield return ViewFile.Text($"{Folder}/triggers/File", "");
        yield return ViewFile.Text(PendingTriggers, ""); // dpkg-trigger records nothing where the file is missing
        yield return ViewFile.Text($"{Members}/format", "1\n");
        foreach (var (name, bytes) in unpacking?.Contents.Control.AsEnumerable() ?? [])
        {
            yield return new ViewFile($"{Unpacking}/{name}", bytes, IsScript(name));
        }

        foreach (var group in alternatives.GroupBy(offer => offer.Name, StringComparer.Ordinal))
        {
            yield return ViewFile.Text($"{AlternativesState.Folder}/{group.Key}", AlternativesState.Write([.. group]));
        }
    }

    /// <summary>The list of a package's files, and its control members.</summary>
    public static IEnumerable<ViewFile> RecordsOf(PackageControl package)
    {
        var record = $"{Members}/{package.RecordName}";
        yield return ViewFile.Text($"{record}.list", List(package));
        foreach (var (name, bytes) in package.Contents.Control.Where(member => !NotKept.Contains(member.Key)))
        {
            yield return new ViewFile($"{record}.{name}", bytes, IsScript(name));
        }
    }

    private static bool IsScript(string member) => member is "preinst" or "postinst" or "prerm" or "postrm" or "config";

    private static string Stanza(PackageControl package)
    {
        var text = package.Text;
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return $"{text[..end]}\nStatus: install ok installed{text[end..]}\n\n";
    }

    private static string List(PackageControl package)
    {
        var text = new StringBuilder("/.\n");
        foreach (var entry in package.Contents.Entries)
        {
            text.Append('/').Append(entry.Path.Text).Append('\n');
        }

        return text.ToString();
    }
}

/// <summary>A file that a view has beside those of packages.</summary>
/// <param name="Path">Path in the tree.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsExecutable">Whether it can be executed.</param>
internal sealed record ViewFile(string Path, ReadOnlyMemory<byte> Content, bool IsExecutable)
{
    /// <summary>A text file.</summary>
    public static ViewFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), IsExecutable: false);

    /// <summary>A shell script.</summary>
    public static ViewFile Script(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), IsExecutable: true);
}
