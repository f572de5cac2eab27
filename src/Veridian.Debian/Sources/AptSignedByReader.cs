namespace Veridian.Debian.Sources;

/// <summary>Reads the value of Signed-By: key files, fingerprints, or a whole armored key.</summary>
/// <remarks>Source: <c>spec/debian-bridge.md</c> DB-16.</remarks>
internal static class AptSignedByReader
{
    private const string ArmorStart = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    internal static AptSignedBy? Read(string value)
    {
        if (value.Contains(ArmorStart, StringComparison.Ordinal))
        {
            // Lines are indented by one space; a lone dot stands for an empty line.
            var lines = value.Split('\n').Select(line => line.Trim()).SkipWhile(line => line.Length == 0).Select(line => line == "." ? "" : line);
            return new AptSignedBy([], string.Join('\n', lines) + "\n", []);
        }

        var words = value.Split([' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? null
            : new AptSignedBy([.. words.Where(word => word.StartsWith('/'))], null, [.. words.Where(word => !word.StartsWith('/')).Select(word => word.TrimEnd('!').ToUpperInvariant())]);
    }
}
