using System.Text;
using Veridian.Engine.Environments.Activation.Scripts;
using Veridian.Engine.Environments.Planning;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Files and links that activation writes into a tree whose packages are in place already.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-12 to E-14, <c>spec/activation.md</c> A-29, A-33, A-34. All of them lie in <c>etc</c>, or beside the tree in <c>activation</c>.</remarks>
internal static class GeneratedFiles
{
    /// <summary>Where an environment's records lie in its folder.</summary>
    public const string RecordFile = "activation/record";

    /// <summary>The list of login shells.</summary>
    public const string ShellsFile = "etc/shells";

    private const string Authorities = "usr/share/ca-certificates";
    private const int CertificateLimit = 1 << 20;
    private const int MasterLimit = 1 << 20;

    /// <summary>All of them: path in the tree, and content or, for a symbolic link, what it says.</summary>
    /// <param name="plan">The merged tree.</param>
    /// <param name="read">Reads a file of the tree up to a limit; null if it is not there.</param>
    public static List<GeneratedFile> For(EnvironmentPlan plan, Func<string, int, byte[]?> read)
    {
        var (passwd, group) = SystemAccounts.AddTo(Accounts(read, "passwd", StandardFiles.MinimalPasswd), Accounts(read, "group", StandardFiles.MinimalGroup), plan.Root, read);
        var files = new List<GeneratedFile>
        {
            GeneratedFile.Text("etc/nsswitch.conf", StandardFiles.NameServices),
            GeneratedFile.Text(RecordFile, ActivationRecordText.Write(plan.Records)),
            GeneratedFile.Text("activation/passwd", plan.Layer.Passwd ?? passwd),
            GeneratedFile.Text("activation/group", plan.Layer.Group ?? group),
        };
        if (VolatileFolders.Of(plan.Root, read) is { Count: > 0 } folders)
        {
            files.Add(GeneratedFile.Text(VolatileFolders.FileName, VolatileFolders.Write(folders)));
        }

        if (plan.Layer.Digest is { } digest)
        {
            files.Add(GeneratedFile.Text(ActivationLayer.FileName, $"{digest}\n"));
        }

        if (plan.Layer.Shells.Count > 0)
        {
            var shells = plan.Layer.Shells.Concat(LoginShells.Of(plan.Root, read)).Distinct().Order(StringComparer.Ordinal);
            files.Add(GeneratedFile.Text(ShellsFile, $"# Valid login shells.\n{string.Join('\n', shells)}\n"));
        }

        if (plan.Layer.Offers.Values.Any(offers => offers.Count > 0))
        {
            files.Add(GeneratedFile.Text(ScriptOffers.FileName, ScriptOffers.Write(plan.Layer.Offers)));
        }

        var etc = plan.Root.Directories["etc"];
        files.AddRange(StandardFiles.FromHost.Where(name => !etc.Files.ContainsKey(name)).Select(name => GeneratedFile.Text("etc/" + name, "")));
        if (!etc.Files.ContainsKey("profile") && read("usr/share/base-files/profile", MasterLimit) is { } profile)
        {
            files.Add(new GeneratedFile("etc/profile", profile, null));
        }

        AddCertificates(plan, read, files);
        files.AddRange(XmlCatalogs.Files(plan.XmlCatalogs ?? [], new TreeLookup(plan.Root).Exists, read));
        return files;
    }

    private static string Accounts(Func<string, int, byte[]?> read, string name, string minimal) =>
        read($"usr/share/base-passwd/{name}.master", MasterLimit) is { } master
            ? StandardFiles.FromMaster(Encoding.UTF8.GetString(master))
            : minimal;

    private static void AddCertificates(EnvironmentPlan plan, Func<string, int, byte[]?> read, List<GeneratedFile> files)
    {
        var folder = new CertificateFolder();
        if (plan.Root.Find(Authorities) is { } authorities)
        {
            foreach (var path in CertificatePaths(authorities, Authorities).Order(StringComparer.Ordinal))
            {
                folder.AddPackaged("/" + path, read(path, CertificateLimit));
            }
        }

        foreach (var extra in plan.ExtraCertificates.OrderBy(extra => extra.Name, StringComparer.Ordinal))
        {
            folder.AddExtra(extra.Name, extra.Pem.Span);
        }

        if (folder.Links.Count == 0)
        {
            return;
        }

        files.Add(new GeneratedFile($"etc/ssl/certs/{CertificateFolder.BundleName}", folder.Bundle, null));
        if (plan.Packages.Any(package => package.Name == JavaKeystore.Package))
        {
            files.Add(new GeneratedFile(JavaKeystore.Path, JavaKeystore.Write(folder.Certificates), null));
        }

        files.AddRange(folder.Files.Select(file => new GeneratedFile($"etc/ssl/certs/{file.Key}", file.Value, null)));
        files.AddRange(folder.Links.Select(link => new GeneratedFile($"etc/ssl/certs/{link.Key}", null, link.Value)));
    }

    private static IEnumerable<string> CertificatePaths(PlannedDirectory directory, string path)
    {
        foreach (var (name, file) in directory.Files)
        {
            if (file.Entry.IsFile && name.EndsWith(".crt", StringComparison.Ordinal))
            {
                yield return $"{path}/{name}";
            }
        }

        foreach (var (name, child) in directory.Directories)
        {
            foreach (var found in CertificatePaths(child, $"{path}/{name}"))
            {
                yield return found;
            }
        }
    }
}

/// <summary>A file or link that activation makes.</summary>
/// <param name="Path">Path from the environment's folder.</param>
/// <param name="Content">A file's bytes; null for a link.</param>
/// <param name="Target">What a link says; null for a file.</param>
internal sealed record GeneratedFile(string Path, byte[]? Content, string? Target)
{
    /// <summary>The text of a file among others.</summary>
    public static string TextOf(IEnumerable<GeneratedFile> files, string path) => Encoding.UTF8.GetString(files.First(file => file.Path == path).Content!);

    /// <summary>A text file.</summary>
    public static GeneratedFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text), null);
}
