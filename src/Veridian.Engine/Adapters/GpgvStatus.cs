using Veridian.Trust.OpenPgp;

namespace Veridian.Engine.Adapters;

/// <summary>What <c>gpgv --status-fd</c> says, read line by line.</summary>
/// <remarks>
/// Source: <c>spec/trust.md</c> T-4. A signature counts when its group holds <c>GOODSIG</c> and then <c>VALIDSIG</c>, and nothing else.
/// The exit code is not used: it is 2 as soon as one further signer's key is absent.
/// </remarks>
internal sealed class GpgvStatus
{
    private const string Prefix = "[GNUPG:] ";

    private readonly List<OpenPgpSignature> _good = [];
    private readonly List<string> _problems = [];
    private bool _goodPending;

    private GpgvStatus()
    {
    }

    public IReadOnlyList<OpenPgpSignature> Good => _good;

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>True if there were problems and each was only an absent key.</summary>
    public bool UnknownKeyOnly { get; private set; }

    public static GpgvStatus Read(string text)
    {
        var status = new GpgvStatus();
        var (unknown, other) = (0, 0);
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            var words = line[Prefix.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["NO_PUBKEY", ..]:
                    break;
                case ["ERRSIG", _, _, _, _, _, "9", ..]:
                    unknown++;
                    status.Step(words);
                    break;
                default:
                    other += status.Step(words) ? 1 : 0;
                    break;
            }
        }

        status.UnknownKeyOnly = unknown > 0 && other == 0;
        return status;
    }

    /// <summary>Takes one line; true if it is a problem.</summary>
    private bool Step(string[] words)
    {
        switch (words)
        {
            case ["NEWSIG", ..]:
                _goodPending = false;
                return false;
            case ["GOODSIG", ..]:
                _goodPending = true;
                return false;
            case ["VALIDSIG", ..]:
                return Valid(words);
            case ["ERRSIG", var key, ..]:
                return Problem(words is [_, _, _, _, _, _, "9", ..] ? $"Key {key} is not known." : $"The signature by key {key} cannot be checked.");
            case ["BADSIG", var key, ..]:
                return Problem($"The signature by key {key} is wrong: the text was changed.");
            case ["EXPSIG", var key, ..]:
                return Problem($"The signature by key {key} has expired.");
            case ["EXPKEYSIG", var key, ..]:
                return Problem($"Key {key} has expired.");
            case ["REVKEYSIG", var key, ..]:
                return Problem($"Key {key} was revoked.");
            default:
                return false;
        }
    }

    // VALIDSIG <key> <date> <time> <expiry> <version> <reserved> <key algorithm> <hash> <class> [<primary key>]
    private bool Valid(string[] words)
    {
        if (!_goodPending)
        {
            return false;
        }

        _goodPending = false;
        if (words.Length < 10 || !KeyFingerprint.TryParse(words[1], out var key)
            || !KeyFingerprint.TryParse(words.Length > 10 ? words[10] : words[1], out var primary))
        {
            return Problem("A signature was reported in a form that is not understood.");
        }

        // RFC 9580 9.5: MD5, SHA-1 and RIPEMD-160 no longer hold.
        if (words[8] is "1" or "2" or "3")
        {
            return Problem($"The signature by key {key} uses a weak digest.");
        }

        _good.Add(new OpenPgpSignature(key, primary));
        return false;
    }

    private bool Problem(string text)
    {
        _goodPending = false;
        _problems.Add(text);
        return true;
    }
}
