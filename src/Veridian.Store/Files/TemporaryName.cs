using System.Security.Cryptography;

namespace Veridian.Store.Files;

/// <summary>Names of things that are not finished.</summary>
internal static class TemporaryName
{
    /// <summary>No finished name begins so.</summary>
    public const string Prefix = ".new-";

    /// <summary>Sixteen random hexadecimal digits.</summary>
    public static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
