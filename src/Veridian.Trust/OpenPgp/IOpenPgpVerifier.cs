namespace Veridian.Trust.OpenPgp;

/// <summary>Checks OpenPGP signatures; the engine has one that runs <c>gpgv</c>.</summary>
public interface IOpenPgpVerifier
{
    /// <summary>Checks every signature of a message against all the keyrings together (T-4).</summary>
    /// <param name="message">A message whose framing was already found sound.</param>
    /// <param name="keyrings">The only keys that count; at least one.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="Core.Errors.UnavailableException">The tool that verifies is not there.</exception>
    ValueTask<OpenPgpVerdict> VerifyAsync(ClearSignedMessage message, IReadOnlyList<Keyring> keyrings, CancellationToken cancellationToken);
}
