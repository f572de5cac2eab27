using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Veridian.Engine.Environments.Activation;

/// <summary>Writes the authorities that Java programs trust, in Java's own format, with one fixed date for all.</summary>
/// <remarks>
/// Source: <c>spec/activation.md</c> A-15. Format JKS 2: magic, version, count; for each certificate tag 2, alias, date, the word
/// <c>X.509</c>, length and DER; then SHA-1 over password, a phrase and all before. Numbers have their high byte first.
/// </remarks>
internal static class JavaKeystore
{
    /// <summary>Where packages of Java expect it.</summary>
    public const string Path = "etc/ssl/certs/java/cacerts";

    /// <summary>The package that brings it.</summary>
    public const string Package = "ca-certificates-java";

    private const uint Magic = 0xFEED_FEED;
    private const uint Version = 2;
    private const uint CertificateTag = 2;
    private const long Date = 946_684_800_000; // 1 January 2000, in milliseconds
    private const string Password = "changeit"; // known to everybody: it protects against accidents only
    private const string Phrase = "Mighty Aphrodite";

    /// <summary>The file's bytes.</summary>
    /// <param name="authorities">Name and DER; of several in one file only the first is taken.</param>
    public static byte[] Write(IReadOnlyList<(string Name, ReadOnlyMemory<byte> Der)> authorities)
    {
        var certificates = authorities.Select(authority => (Alias: $"debian:{authority.Name.ToLowerInvariant()}", authority.Der)).DistinctBy(certificate => certificate.Alias).ToList();
        var stream = new MemoryStream();
        Number(stream, Magic);
        Number(stream, Version);
        Number(stream, (uint)certificates.Count);
        foreach (var (alias, der) in certificates.OrderBy(certificate => certificate.Alias, StringComparer.Ordinal))
        {
            Number(stream, CertificateTag);
            Text(stream, alias);
            Number(stream, (uint)(Date >> 32));
            Number(stream, (uint)(Date & uint.MaxValue));
            Text(stream, "X.509");
            Number(stream, (uint)der.Length);
            stream.Write(der.Span);
        }

        stream.Write(Seal(stream.ToArray()));
        return stream.ToArray();
    }

#pragma warning disable CA5350 // the format's own choice; nothing here rests on it
    private static byte[] Seal(byte[] content) =>
        SHA1.HashData([.. Encoding.BigEndianUnicode.GetBytes(Password), .. Encoding.ASCII.GetBytes(Phrase), .. content]);
#pragma warning restore CA5350

    private static void Number(MemoryStream stream, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        stream.Write(bytes);
    }

    private static void Text(MemoryStream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
    }
}
