namespace Veridian.Store.Manifests;

/// <summary>Where an object came from. It stands beside the identity, never in it: two mirrors give one store path.</summary>
/// <remarks>Source: <c>store-format/manifest/README.md</c> MF-5. Empty means not known.</remarks>
/// <param name="Url">The address it was fetched from.</param>
/// <param name="Sha256">SHA-256 of the package file, 64 hexadecimal digits.</param>
/// <param name="Signer">Who signed the index that named it.</param>
public sealed record Origin(string Url, string Sha256, string Signer)
{
    /// <summary>Nothing is known.</summary>
    public static Origin Unknown { get; } = new("", "", "");
}
