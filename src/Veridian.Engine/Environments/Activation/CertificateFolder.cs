using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Veridian.Engine.Environments.Activation;

/// <summary>What <c>etc/ssl/certs</c> holds: one bundle, one link per certificate, and the links by which OpenSSL finds one.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-12.</remarks>
public sealed class CertificateFolder
{
    /// <summary>The bundle's file name.</summary>
    public const string BundleName = "ca-certificates.crt";

    private readonly StringBuilder _bundle = new();
    private readonly SortedDictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly List<(string Name, ReadOnlyMemory<byte> Der)> _certificates = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>All certificates, in PEM, one after the other.</summary>
    public byte[] Bundle => Encoding.UTF8.GetBytes(_bundle.ToString());

    /// <summary>Symbolic links by name with what they say.</summary>
    public IReadOnlyDictionary<string, string> Links => _links;

    /// <summary>Files beside the bundle by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>All certificates with the names of their links.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Der)> Certificates => _certificates;

    /// <summary>Adds a certificate that a package brings.</summary>
    /// <param name="path">Absolute path inside the environment; its name without <c>.crt</c> becomes the link's name.</param>
    /// <param name="pem">Its text; whatever is not a certificate in it is passed over.</param>
    public void AddPackaged(string path, ReadOnlySpan<byte> pem)
    {
        var name = Path.GetFileNameWithoutExtension(path).Replace(' ', '_').Replace(',', '_') + ".pem";
        var certificates = Find(pem);
        if (certificates.Count > 0 && _links.TryAdd(name, path))
        {
            certificates.ForEach(certificate => Append(certificate, name));
        }
    }

    /// <summary>Adds certificates that do not come from a package; each gets a file of its own.</summary>
    /// <param name="name">For the files' names.</param>
    /// <param name="pem">Their text.</param>
    public void AddExtra(string name, ReadOnlySpan<byte> pem)
    {
        var number = 0;
        foreach (var certificate in Find(pem))
        {
            var file = $"vpkg-{name}-{number++.ToString(CultureInfo.InvariantCulture)}.pem";
            if (Append(certificate, file))
            {
                _files[file] = Encoding.UTF8.GetBytes(PemEncoding.WriteString("CERTIFICATE", certificate) + "\n");
            }
        }
    }

    private bool Append(byte[] certificate, string name)
    {
        if (!_seen.Add(Convert.ToBase64String(SHA256.HashData(certificate))))
        {
            return false;
        }

        _certificates.Add((name, certificate));
        _bundle.Append(PemEncoding.WriteString("CERTIFICATE", certificate)).Append('\n');
        if (CertificateNameHash.OfSubject(certificate) is { } hash)
        {
            var number = 0;
            while (!_links.TryAdd($"{hash}.{number.ToString(CultureInfo.InvariantCulture)}", name))
            {
                number++;
            }
        }

        return true;
    }

    private static List<byte[]> Find(ReadOnlySpan<byte> pem)
    {
        var certificates = new List<byte[]>();
        ReadOnlySpan<char> text = Encoding.Latin1.GetString(pem);
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label] is "CERTIFICATE")
            {
                certificates.Add(Convert.FromBase64String(text[fields.Base64Data].ToString()));
            }

            text = text[fields.Location.End..];
        }

        return certificates;
    }
}
