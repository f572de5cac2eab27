using System.Formats.Asn1;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Veridian.Engine.Environments.Activation;

/// <summary>The hash by which OpenSSL finds a certificate authority in a folder: eight hexadecimal digits of the subject's name.</summary>
/// <remarks>
/// Source: <c>spec/environments.md</c> E-12. SHA-1 over the canonical encoding of the name: its RDNs without the outer sequence, every
/// text as UTF-8 in lower ASCII case with spaces trimmed and runs of them made one.
/// </remarks>
public static class CertificateNameHash
{
    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);

    /// <summary>The hash of a certificate's subject; null if the bytes are no certificate.</summary>
    public static string? OfSubject(ReadOnlyMemory<byte> certificate)
    {
        try
        {
            var canonical = Canonical(Subject(certificate));
            var hash = SHA1.HashData(canonical);
            return BitConverter.ToUInt32([hash[0], hash[1], hash[2], hash[3]]).ToString("x8", CultureInfo.InvariantCulture);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static AsnReader Subject(ReadOnlyMemory<byte> certificate)
    {
        var tbs = new AsnReader(certificate, AsnEncodingRules.BER).ReadSequence().ReadSequence();
        if (tbs.PeekTag().HasSameClassAndValue(Version))
        {
            tbs.ReadEncodedValue();
        }

        for (var i = 0; i < 4; i++)
        {
            tbs.ReadEncodedValue(); // serial number, signature algorithm, issuer, validity
        }

        return tbs.ReadSequence();
    }

    private static byte[] Canonical(AsnReader name)
    {
        var bytes = new List<byte>();
        while (name.HasData)
        {
            var rdn = name.ReadSetOf(skipSortOrderValidation: true);
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSetOf())
            {
                while (rdn.HasData)
                {
                    var attribute = rdn.ReadSequence();
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(attribute.ReadEncodedValue().Span);
                        WriteValue(writer, attribute);
                    }
                }
            }

            bytes.AddRange(writer.Encode());
        }

        return [.. bytes];
    }

    private static void WriteValue(AsnWriter writer, AsnReader attribute)
    {
        var tag = attribute.PeekTag();
        var value = attribute.PeekContentBytes().Span;
        var text = (UniversalTagNumber)tag.TagValue switch
        {
            _ when tag.TagClass != TagClass.Universal => null,
            UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String
                or UniversalTagNumber.VisibleString => Encoding.UTF8.GetString(value),
            UniversalTagNumber.T61String => Encoding.Latin1.GetString(value),
            UniversalTagNumber.BMPString => Encoding.BigEndianUnicode.GetString(value),
            UniversalTagNumber.UniversalString => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetString(value),
            _ => null,
        };
        if (text is null)
        {
            writer.WriteEncodedValue(attribute.ReadEncodedValue().Span);
            return;
        }

        attribute.ReadEncodedValue();
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, Fold(text));
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Trim(' ', '\t', '\n', '\r', '\v', '\f'))
        {
            if (c is ' ' or '\t' or '\n' or '\r' or '\v' or '\f')
            {
                if (folded[^1] != ' ')
                {
                    folded.Append(' ');
                }
            }
            else
            {
                folded.Append(char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c);
            }
        }

        return folded.ToString();
    }
}
