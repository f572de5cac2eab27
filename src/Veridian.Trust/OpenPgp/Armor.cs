using System.Buffers.Text;

namespace Veridian.Trust.OpenPgp;

/// <summary>Takes the ASCII armor off public keys (RFC 9580 6), because <c>gpgv</c> reads binary keyrings only.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-5. Several blocks in one text are joined; other text between them is a comment.</remarks>
public static class Armor
{
    private const uint Crc24Initial = 0xB704CE;
    private const uint Crc24Polynomial = 0x864CFB;

    private static ReadOnlySpan<byte> Begin => "-----BEGIN PGP PUBLIC KEY BLOCK-----"u8;

    private static ReadOnlySpan<byte> End => "-----END PGP PUBLIC KEY BLOCK-----"u8;

    /// <summary>Whether the text holds an armored public key.</summary>
    public static bool IsArmored(ReadOnlySpan<byte> content) => content.IndexOf(Begin) >= 0;

    /// <summary>Joins the packets of all blocks. A checksum that is there must be right.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">A block is not closed, is not base64, or its checksum differs.</exception>
    public static byte[] Decode(string name, ReadOnlySpan<byte> content)
    {
        using var packets = new MemoryStream();
        for (var at = content.IndexOf(Begin); at >= 0; at = content.IndexOf(Begin))
        {
            content = content[(at + Begin.Length)..];
            var end = content.IndexOf(End);
            if (end < 0)
            {
                throw Keyring.Bad(name, "has an armored block without end");
            }

            packets.Write(DecodeBlock(name, content[..end]));
            content = content[(end + End.Length)..];
        }

        return packets.ToArray();
    }

    private static byte[] DecodeBlock(string name, ReadOnlySpan<byte> block)
    {
        var (body, checksum, inHeaders) = (new MemoryStream(), new byte[3], true);
        var hasChecksum = false;
        foreach (var range in block[(block.IndexOf((byte)'\n') + 1)..].Split((byte)'\n'))
        {
            var line = block[(block.IndexOf((byte)'\n') + 1)..][range].Trim(" \t\r"u8);
            if (inHeaders && line.Contains((byte)':'))
            {
                continue;
            }

            inHeaders = false;
            if (line.Length == 5 && line[0] == '=')
            {
                hasChecksum = Base64.DecodeFromUtf8(line[1..], checksum, out _, out var written) == System.Buffers.OperationStatus.Done && written == 3
                    ? true
                    : throw Keyring.Bad(name, "has a damaged armor checksum");
            }
            else if (hasChecksum && !line.IsEmpty)
            {
                throw Keyring.Bad(name, "has text after its armor checksum");
            }
            else
            {
                body.Write(line);
            }
        }

        var packets = new byte[Base64.GetMaxDecodedFromUtf8Length((int)body.Length)];
        if (Base64.DecodeFromUtf8(body.GetBuffer().AsSpan(0, (int)body.Length), packets, out _, out var length) != System.Buffers.OperationStatus.Done)
        {
            throw Keyring.Bad(name, "is not base64 inside its armor");
        }

        return !hasChecksum || Crc24(packets.AsSpan(0, length)) == (uint)((checksum[0] << 16) | (checksum[1] << 8) | checksum[2])
            ? packets[..length]
            : throw Keyring.Bad(name, "does not match its armor checksum");
    }

    private static uint Crc24(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc24Initial;
        foreach (var b in bytes)
        {
            crc ^= (uint)b << 16;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x800000) != 0 ? (crc << 1) ^ Crc24Polynomial : crc << 1;
            }
        }

        return crc & 0xFFFFFF;
    }
}
