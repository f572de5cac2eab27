using Veridian.Core.Errors;
using Veridian.Fetch.Http;

namespace Veridian.Engine.Adapters;

/// <summary>Reads proxies and credentials from where the host keeps them.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-2.</remarks>
public static class NetworkEnvironment
{
    private const int MaxCredentialBytes = 1024 * 1024;

    /// <summary>The settings of this process's environment.</summary>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="aptHttpProxy">The value of apt's <c>Acquire::http::Proxy</c>; it goes before the environment. Null where apt has none.</param>
    /// <param name="aptHttpsProxy">The same of <c>Acquire::https::Proxy</c>.</param>
    /// <exception cref="InvalidInputException">A proxy or a credentials file cannot be understood.</exception>
    public static HttpSettings Read(Func<string, string?> variable, string? aptHttpProxy, string? aptHttpsProxy) => new()
    {
        // HTTP_PROXY in capitals is not read: a CGI program gets it from a request's header.
        Proxy = ProxyRules.From(
            aptHttpProxy ?? Value(variable, "http_proxy") ?? Value(variable, "all_proxy"),
            aptHttpsProxy ?? Value(variable, "https_proxy") ?? Value(variable, "HTTPS_PROXY") ?? Value(variable, "all_proxy"),
            Value(variable, "no_proxy") ?? Value(variable, "NO_PROXY")),
        Credentials = ReadCredentials(variable),
    };

    private static Netrc ReadCredentials(Func<string, string?> variable)
    {
        var path = Value(variable, "NETRC") ?? Path.Combine(Value(variable, "HOME") ?? "/", ".netrc");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
            using var reader = new StreamReader(file);
            return file.Length <= MaxCredentialBytes
                ? Netrc.Parse(path, reader.ReadToEnd())
                : throw new InvalidInputException(ErrorCodes.AptSource, $"Credentials file '{path}' is too long.", "Make it shorter.");
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return Netrc.Empty;
        }
    }

    private static string? Value(Func<string, string?> variable, string name) => variable(name) is { Length: > 0 } value ? value : null;
}
