using Veridian.Core.Errors;
using Veridian.Fetch.Http;

namespace Veridian.Engine.Adapters;

/// <summary>Reads proxies and credentials from where the host keeps them.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-2.</remarks>
public static class NetworkEnvironment
{
    private const int MaxCredentialBytes = 1024 * 1024;

    /// <summary>The settings of this process's environment.</summary>
    /// <param name="aptHttpProxy">The value of apt's <c>Acquire::http::Proxy</c>; it goes before the environment. Null where apt has none.</param>
    /// <param name="aptHttpsProxy">The same of <c>Acquire::https::Proxy</c>.</param>
    /// <exception cref="InvalidInputException">A proxy or a credentials file cannot be understood.</exception>
    public static HttpSettings Read(string? aptHttpProxy, string? aptHttpsProxy) => new()
    {
        // HTTP_PROXY in capitals is not read: a CGI program gets it from a request's header.
        Proxy = ProxyRules.From(
            aptHttpProxy ?? Value("http_proxy") ?? Value("all_proxy"),
            aptHttpsProxy ?? Value("https_proxy") ?? Value("HTTPS_PROXY") ?? Value("all_proxy"),
            Value("no_proxy") ?? Value("NO_PROXY")),
        Credentials = ReadCredentials(),
    };

    private static Netrc ReadCredentials()
    {
        var path = Value("NETRC") ?? Path.Combine(Value("HOME") ?? "/", ".netrc");
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

    private static string? Value(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
