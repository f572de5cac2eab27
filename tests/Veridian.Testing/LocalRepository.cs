using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Veridian.Testing;

/// <summary>A Debian repository of a few tiny packages in a folder, read over <c>file://</c>. Nothing of it comes from the host.</summary>
public sealed class LocalRepository
{
    public const string Suite = "stable";
    private readonly List<Listed> _packages = [];

    public LocalRepository(string folder, DateTimeOffset date)
    {
        Folder = Path.GetFullPath(folder);
        Date = date;
    }

    public string Folder { get; }

    public string Url => $"file://{Folder}";

    /// <summary>What its release text says of when it was made.</summary>
    public DateTimeOffset Date { get; set; }

    /// <summary>When its release text expires; null for a text that does not say.</summary>
    public DateTimeOffset? ValidUntil { get; set; }

    /// <summary>Makes <c>InRelease</c> out of the release text; null for an unsigned repository.</summary>
    public Func<byte[], byte[]>? Sign { get; set; }

    /// <summary>The profile's table for it, unsigned.</summary>
    public string ProfileTable => $"""
        [[repository]]
        name = "local"
        kind = "debian"
        url = "{Url}"
        suites = ["{Suite}"]
        trust = "unsigned"

        """;

    /// <summary>Adds packages; <see cref="Publish"/> makes them known.</summary>
    public LocalRepository Add(params IEnumerable<TinyPackage> packages)
    {
        foreach (var package in packages)
        {
            var archive = package.Archive();
            var listed = new Listed(package.Name, package.Version, $"pool/{package.Name}_{package.Version.Replace(':', '-')}_{package.Architecture}.deb", package.Control(), archive);
            Write(listed.File, archive);
            _packages.Add(listed);
        }

        return this;
    }

    /// <summary>Takes packages out of the index and deletes their archives.</summary>
    public void Remove(string name, string? version = null)
    {
        foreach (var gone in _packages.Where(package => package.Name == name && (version is null || package.Version == version)).ToList())
        {
            _packages.Remove(gone);
            File.Delete(PathOf(gone.File));
        }
    }

    /// <summary>The path of a package's archive.</summary>
    public string ArchiveOf(string name) => PathOf(_packages.Last(package => package.Name == name).File);

    /// <summary>Changes a package's archive. The index describes it as it is now, or, unless <paramref name="described"/>, as it was.</summary>
    public void Damage(string name, Func<byte[], byte[]> change, bool described)
    {
        var at = _packages.FindLastIndex(package => package.Name == name);
        var bytes = change(_packages[at].Archive);
        Write(_packages[at].File, bytes);
        if (described)
        {
            _packages[at] = _packages[at] with { Archive = bytes };
        }
    }

    /// <summary>Adds text to the index as it stands: packages that are broken in the index itself.</summary>
    public string RawParagraphs { get; set; } = "";

    /// <summary>Writes index and release text.</summary>
    public LocalRepository Publish()
    {
        var index = Encoding.UTF8.GetBytes(string.Concat(_packages.Select(Paragraph)) + RawParagraphs);
        Write($"dists/{Suite}/main/binary-amd64/Packages", index);
        var release = Encoding.UTF8.GetBytes(Release(index));
        if (Sign is null)
        {
            Write($"dists/{Suite}/Release", release);
        }
        else
        {
            Write($"dists/{Suite}/InRelease", Sign(release));
        }

        return this;
    }

    private string Release(byte[] index)
    {
        var text = new StringBuilder($"Origin: Test\nSuite: {Suite}\nCodename: {Suite}\nArchitectures: amd64\nComponents: main\n");
        text.Append(CultureInfo.InvariantCulture, $"Date: {Stamp(Date)}\n");
        if (ValidUntil is { } until)
        {
            text.Append(CultureInfo.InvariantCulture, $"Valid-Until: {Stamp(until)}\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"SHA256:\n {Digest(index)} {index.Length} main/binary-amd64/Packages\n").ToString();
    }

    private static string Paragraph(Listed package) =>
        $"{package.Control}Filename: {package.File}\nSize: {package.Archive.Length}\nSHA256: {Digest(package.Archive)}\n\n";

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string PathOf(string file) => Path.Combine(Folder, file);

    private void Write(string file, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllBytes(PathOf(file), bytes);
    }

    private sealed record Listed(string Name, string Version, string File, string Control, byte[] Archive);
}
