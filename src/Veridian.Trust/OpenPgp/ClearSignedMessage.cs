using System.Diagnostics.CodeAnalysis;
using Veridian.Core.Errors;

namespace Veridian.Trust.OpenPgp;

/// <summary>
/// Bytes whose framing is exactly one clear-signed block (RFC 9580 7) with nothing but blanks around it.
/// The framing says nothing about the signature: that is the verifier's part.
/// </summary>
/// <remarks>Source: <c>spec/trust.md</c> T-3. Tools that verify drop text around the block without an error, so it is refused here.</remarks>
public sealed class ClearSignedMessage
{
    /// <summary>The largest message in bytes.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    private ClearSignedMessage(string name, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> text) =>
        (Name, Content, UnverifiedText) = (name, content, text);

    /// <summary>Where the message came from, for messages to people.</summary>
    public string Name { get; }

    /// <summary>All its bytes.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The text between the armor headers and the signature, dash-escapes taken off. Nobody has vouched for it.</summary>
    public ReadOnlyMemory<byte> UnverifiedText { get; }

    /// <summary>Whether the bytes, after blanks, begin a clear-signed block at all.</summary>
    public static bool LooksSigned(ReadOnlySpan<byte> content) => content.TrimStart(" \t\r\n"u8).StartsWith("-----BEGIN PGP SIGNED MESSAGE-----"u8);

    /// <summary>Reads the framing.</summary>
    /// <exception cref="UntrustedException">No clear-signed block (SignatureMissing), text around it or a second block (SignedTextAround), or broken framing (SignatureInvalid).</exception>
    public static ClearSignedMessage Read(string name, ReadOnlyMemory<byte> content) =>
        TryRead(name, content, out var message, out var problem) ? message : throw problem;

    private static bool TryRead(
        string name, ReadOnlyMemory<byte> content, [NotNullWhen(true)] out ClearSignedMessage? message, [NotNullWhen(false)] out UntrustedException? problem)
    {
        var reader = new ClearSignedReader(content.Span);
        var outcome = content.Length > MaxBytes ? ClearSignedOutcome.TooLong : reader.Read();
        message = outcome == ClearSignedOutcome.Sound ? new ClearSignedMessage(name, content, reader.Text) : null;
        problem = message is null ? Problem(name, outcome, reader.Line) : null;
        return message is not null;
    }

    private static UntrustedException Problem(string name, ClearSignedOutcome outcome, int line)
    {
        const string Hint = "Try another mirror; if it stays, tell the repository's owner.";
        return outcome switch
        {
            ClearSignedOutcome.Missing => new UntrustedException(ErrorCodes.SignatureMissing, $"'{name}' holds no signed block.", Hint),
            ClearSignedOutcome.TextAround => new UntrustedException(ErrorCodes.SignedTextAround, $"'{name}' has text outside its signed block, on line {line}.", Hint),
            ClearSignedOutcome.TooLong => new UntrustedException(ErrorCodes.MetadataMalformed, $"'{name}' is larger than {MaxBytes} bytes.", Hint),
            _ => new UntrustedException(ErrorCodes.SignatureInvalid, $"The signed block of '{name}' is broken on line {line}.", Hint),
        };
    }
}
