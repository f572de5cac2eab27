using System.Diagnostics.CodeAnalysis;

namespace Veridian.Trust.OpenPgp;

/// <summary>The fingerprint of an OpenPGP key: 40 hexadecimal digits (version 4) or 64 (versions 5 and 6), in upper case.</summary>
/// <remarks>Source: <c>spec/trust.md</c> T-5. Short key ids are not accepted anywhere: they can be forged.</remarks>
public sealed record KeyFingerprint
{
    private KeyFingerprint(string text) => Text = text;

    /// <summary>The digits.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Reads a fingerprint of either case; blanks between the digits are skipped. Refuses anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out KeyFingerprint? fingerprint)
    {
        fingerprint = null;
        Span<char> digits = stackalloc char[64];
        var count = 0;
        foreach (var c in text)
        {
            if (c == ' ')
            {
                continue;
            }

            if (!char.IsAsciiHexDigit(c) || count == digits.Length)
            {
                return false;
            }

            digits[count++] = char.ToUpperInvariant(c);
        }

        if (count is 40 or 64)
        {
            fingerprint = new KeyFingerprint(new string(digits[..count]));
        }

        return fingerprint is not null;
    }
}
