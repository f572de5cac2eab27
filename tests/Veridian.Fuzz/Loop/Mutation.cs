using System.Buffers.Binary;
using System.Text;

namespace Veridian.Fuzz.Loop;

/// <summary>Changes inputs a little. The same seed gives the same changes on every machine.</summary>
internal sealed class Mutation(int seed, IReadOnlyList<string> words, int mostBytes)
{
    private static readonly long[] Numbers = [0, 1, -1, 7, 8, 63, 64, 127, 128, 255, 256, 511, 512, 32767, 65535, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue];

    private readonly Random _random = new(seed);
    private readonly byte[][] _words = [.. words.Select(Encoding.UTF8.GetBytes), "\0"u8.ToArray(), "\n"u8.ToArray(), "99999999999999999999"u8.ToArray(), "\uFEFF"u8.ToArray(), [0xFF], [0xED, 0xA0, 0x80]];

    /// <summary>A number below a limit.</summary>
    public int Below(int limit) => _random.Next(limit);

    /// <summary>A changed copy of one input, perhaps with a piece of another.</summary>
    public byte[] Change(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (var times = 1 << _random.Next(4); times > 0; times--)
        {
            Once(bytes, other);
        }

        if (bytes.Count > mostBytes)
        {
            bytes.RemoveRange(mostBytes, bytes.Count - mostBytes);
        }

        return [.. bytes];
    }

    private void Once(List<byte> bytes, byte[] other)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 << _random.Next(10));
        switch (_random.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(_random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                Overwrite(bytes, at, Number());
                break;
            case 5:
                bytes.InsertRange(at, _words[_random.Next(_words.Length)]);
                break;
            case 6:
                Overwrite(bytes, at, _words[_random.Next(_words.Length)]);
                break;
            case 7 when other.Length > 0:
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(other.Length - from, 1 << _random.Next(11))));
                break;
            case 8 when _random.Next(8) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 9 when at < bytes.Count:
                bytes.InsertRange(at, Enumerable.Repeat(bytes[at], 1 << _random.Next(9)));
                break;
            default:
                bytes.Insert(at, (byte)_random.Next(32, 127));
                break;
        }
    }

    private byte[] Number()
    {
        var number = Numbers[_random.Next(Numbers.Length)];
        var bytes = new byte[8];
        if (_random.Next(2) == 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        }

        return bytes[..(1 << _random.Next(4))];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] piece)
    {
        for (var i = 0; i < piece.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = piece[i];
        }
    }
}
