using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Trust.OpenPgp;

/// <summary>Public keys that count, as binary OpenPGP packets.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-5. At most 4 MiB.</remarks>
public sealed class Keyring
{
    /// <summary>The largest keyring in bytes, before and after its armor is taken off.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private Keyring(string name, ReadOnlyMemory<byte> packets) => (Name, Packets) = (name, packets);

    /// <summary>The file or entry it came from, for messages.</summary>
    public string Name { get; }

    /// <summary>The packets, never armored.</summary>
    public ReadOnlyMemory<byte> Packets { get; }

    /// <summary>Reads a keyring file, armored or binary.</summary>
    /// <exception cref="InvalidInputException">The bytes are no keyring.</exception>
    public static Keyring Read(string name, ReadOnlyMemory<byte> content)
    {
        if (content.Length is 0 or > MaxBytes)
        {
            throw Bad(name, content.IsEmpty ? "is empty" : $"is larger than {MaxBytes} bytes");
        }

        var packets = Armor.IsArmored(content.Span) ? Armor.Decode(name, content.Span) : content;
        return StartsWithPublicKey(packets.Span) ? new Keyring(name, packets) : throw Bad(name, "does not begin with a public key");
    }

    /// <summary>Reads keys that stand inside an apt source entry (<c>Signed-By</c>): lines may be indented, and <c>.</c> stands for an empty one.</summary>
    /// <exception cref="InvalidInputException">The text is no armored key.</exception>
    public static Keyring ReadInline(string name, string text)
    {
        var lines = text.Split('\n').Select(line => line.Trim() is var plain && plain == "." ? "" : plain);
        return Read(name, Encoding.UTF8.GetBytes(string.Join('\n', lines).TrimStart()));
    }

    // RFC 9580 4.2: bit 7 is always set, bit 6 marks the new form; tag 6 is a public key.
    private static bool StartsWithPublicKey(ReadOnlySpan<byte> packets) =>
        packets.Length > 2 && ((packets[0] & 0xC0) == 0xC0 ? packets[0] & 0x3F : (packets[0] & 0x80) != 0 ? (packets[0] >> 2) & 0x0F : 0) == 6;

    internal static InvalidInputException Bad(string name, string why) => new(
        ErrorCodes.AptSource,
        $"Keyring '{name}' {why}.",
        "Export the repository's public key again and name that file.");
}
