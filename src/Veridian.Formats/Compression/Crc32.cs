namespace Veridian.Formats.Compression;

/// <summary>CRC-32 as gzip uses it (polynomial 0xEDB88320), eight bytes a step.</summary>
internal struct Crc32
{
    private static readonly uint[][] Tables = MakeTables();

    private uint _value;

    /// <summary>The checksum of all bytes so far.</summary>
    internal readonly uint Value => _value;

    internal void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~_value;
        while (bytes.Length >= 8)
        {
            crc ^= System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes);
            crc = Tables[7][crc & 255] ^ Tables[6][(crc >> 8) & 255] ^ Tables[5][(crc >> 16) & 255] ^ Tables[4][crc >> 24]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
            bytes = bytes[8..];
        }

        foreach (var b in bytes)
        {
            crc = Tables[0][(crc ^ b) & 255] ^ (crc >> 8);
        }

        _value = ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = Enumerable.Range(0, 8).Select(_ => new uint[256]).ToArray();
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }

            tables[0][i] = crc;
        }

        for (var table = 1; table < 8; table++)
        {
            for (var i = 0; i < 256; i++)
            {
                var before = tables[table - 1][i];
                tables[table][i] = (before >> 8) ^ tables[0][before & 255];
            }
        }

        return tables;
    }
}
