using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Veridian.Engine.Environments.Activation;

namespace Veridian.Unit.Tests.Environments;

public sealed class CertificateFolderTests
{
    // Self-signed, subject C=DE, O="  Veridian   Test ", CN="Ä Root"; hash as printed by openssl 3.0 x509 -subject_hash.
    private const string Pem =
        """
        -----BEGIN CERTIFICATE-----
        MIIBzTCCAXOgAwIBAgIUIAidgApbII5WZ5jFijK/PTws2+wwCgYIKoZIzj0EAwIw
        PDELMAkGA1UEBhMCREUxGzAZBgNVBAoMEiAgVmVyaWRpYW4gICBUZXN0IDEQMA4G
        A1UEAwwHw4QgUm9vdDAeFw0yNjExMjAxMDM1NDNaFw0zNjExMTcxMDM1NDNaMDwx
        CzAJBgNVBAYTAkRFMRswGQYDVQQKDBIgIFZlcmlkaWFuICAgVGVzdCAxEDAOBgNV
        BAMMB8OEIFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATs0+JnE/b7jOK5
        GkL3NpxysjAFGkxQ2NPasVz12yWEa+Qtcni1+EezmBieQJdugJ8bMLs+ND0p9Fsf
        5atdy3YCo1MwUTAdBgNVHQ4EFgQUSQpQYuWXdLM4THALAHFERtysaYYwHwYDVR0j
        BBgwFoAUSQpQYuWXdLM4THALAHFERtysaYYwDwYDVR0TAQH/BAUwAwEB/zAKBggq
        hkjOPQQDAgNIADBFAiEA4iycL9kS4XHg+zTPBjzIQrcGCWO+grw5XwHhknd06BkC
        IHRabuS6jDzirA/G4SeIEdkr12L5lwxV7r6/D0IGN/te
        -----END CERTIFICATE-----
        """;
    private const string Hash = "1cb27911";

    [Fact]
    public void The_subject_hash_is_the_one_of_openssl()
    {
        using var certificate = X509Certificate2.CreateFromPem(Pem);
        Assert.Equal(Hash, CertificateNameHash.OfSubject(certificate.RawData));
    }

    [Fact]
    public void Bytes_that_are_no_certificate_have_no_hash() => Assert.Null(CertificateNameHash.OfSubject(new byte[] { 0x30, 0x03, 0x02, 0x01, 0x05 }));

    [Fact]
    public void A_certificate_is_in_the_bundle_and_found_by_name_and_hash()
    {
        var folder = new CertificateFolder();
        folder.AddPackaged("/usr/share/ca-certificates/x/My Root.crt", Encoding.ASCII.GetBytes(Pem));
        Assert.Equal("/usr/share/ca-certificates/x/My Root.crt", folder.Links["My_Root.pem"]);
        Assert.Equal("My_Root.pem", folder.Links[Hash + ".0"]);
        Assert.Equal(Pem.Trim(), Encoding.ASCII.GetString(folder.Bundle).Trim());
    }

    [Fact]
    public void The_same_certificate_twice_counts_once()
    {
        var folder = new CertificateFolder();
        folder.AddPackaged("/usr/share/ca-certificates/a.crt", Encoding.ASCII.GetBytes(Pem));
        folder.AddExtra("mine", Encoding.ASCII.GetBytes(Pem));
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Extra_certificates_get_files_of_their_own()
    {
        var folder = new CertificateFolder();
        folder.AddExtra("mine", Encoding.ASCII.GetBytes("text before\n" + Pem));
        Assert.Equal(["vpkg-mine-0.pem"], folder.Files.Keys);
        Assert.Equal("vpkg-mine-0.pem", folder.Links[Hash + ".0"]);
    }

    [Fact]
    public void Different_certificates_of_one_name_are_numbered()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=same", key, HashAlgorithmName.SHA256);
        var start = DateTimeOffset.UnixEpoch;
        using var first = request.CreateSelfSigned(start, start.AddDays(1));
        using var second = request.CreateSelfSigned(start, start.AddDays(2));
        var folder = new CertificateFolder();
        folder.AddExtra("two", Encoding.ASCII.GetBytes(first.ExportCertificatePem() + "\n" + second.ExportCertificatePem()));
        var hash = CertificateNameHash.OfSubject(first.RawData);
        Assert.Equal("vpkg-two-1.pem", folder.Links[hash + ".1"]);
    }
}
