using System.Globalization;
using Veridian.Core.Hashing;

namespace Veridian.Conformance.Questions;

/// <summary>BLAKE3 of standard input in its three modes.</summary>
/// <remarks>Source: <c>spec/conformance-cli.md</c> CC-4.</remarks>
internal static class Blake3Output
{
    private const int MostBytes = 1 << 20;

    public static int Run(ReadOnlySpan<string> options)
    {
        var (hasher, length) = (Blake3Hasher.New(), Blake3Digest.Length);
        while (options is [var option, var value, .. var rest])
        {
            switch (option)
            {
                case "--keyed":
                    hasher = Blake3Hasher.Keyed(Key(value));
                    break;
                case "--derive":
                    hasher = Blake3Hasher.DeriveKey(value);
                    break;
                case "--length" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length <= MostBytes:
                    break;
                default:
                    throw new BadQuestionException($"blake3 takes --keyed HEX, --derive CONTEXT and --length up to {MostBytes}.");
            }

            options = rest;
        }

        if (!options.IsEmpty)
        {
            throw new BadQuestionException($"'{options[0]}' lacks a value.");
        }

        var buffer = new byte[1 << 20];
        using var input = Console.OpenStandardInput();
        for (int read; (read = input.Read(buffer)) > 0;)
        {
            hasher.Update(buffer.AsSpan(0, read));
        }

        var output = new byte[length];
        hasher.Finish(output);
        Console.Out.WriteLine(Convert.ToHexStringLower(output));
        return Answer.Yes;
    }

    private static byte[] Key(string hex) => hex.Length == 2 * Blake3Digest.Length && hex.All(char.IsAsciiHexDigit)
        ? Convert.FromHexString(hex)
        : throw new BadQuestionException("A key is 64 hexadecimal digits.");
}
