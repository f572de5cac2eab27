using System.Net;
using Veridian.Core.Errors;

namespace Veridian.Fetch.Http;

/// <summary>Which proxy serves which URL.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-2.</remarks>
public sealed class ProxyRules : IWebProxy
{
    private readonly Uri? _http;
    private readonly Uri? _https;
    private readonly string[] _exceptions;

    private ProxyRules(Uri? http, Uri? https, string[] exceptions) => (_http, _https, _exceptions) = (http, https, exceptions);

    /// <summary>No proxy at all.</summary>
    public static ProxyRules None { get; } = new(null, null, []);

    /// <summary>Names and passwords of the proxies, taken from their URLs; each goes to its own proxy only.</summary>
    public ICredentials? Credentials { get; set; }

    /// <summary>Makes rules from the values of <c>http_proxy</c>, <c>https_proxy</c> and <c>no_proxy</c>.</summary>
    /// <param name="http">For <c>http</c> URLs: a URL, or host and port; null, empty or <c>DIRECT</c> for none. apt's own setting, where there is one, goes before the environment.</param>
    /// <param name="https">The same for <c>https</c> URLs.</param>
    /// <param name="exceptions">Hosts that need no proxy: names with all that end in them, <c>*</c> for all, separated by commas or blanks.</param>
    /// <exception cref="InvalidInputException">A value is no URL of a proxy.</exception>
    public static ProxyRules From(string? http, string? https, string? exceptions)
    {
        var logins = new CredentialCache();
        var words = (exceptions ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ProxyRules(TakeLogin(Parse(http), logins), TakeLogin(Parse(https), logins), words) { Credentials = logins };
    }

    /// <summary>The proxy for a URL; null for a direct connection.</summary>
    public Uri? GetProxy(Uri destination) => destination.Scheme == Uri.UriSchemeHttps ? _https : _http;

    /// <summary>Whether a URL is reached directly.</summary>
    public bool IsBypassed(Uri host) => GetProxy(host) is null || Array.Exists(_exceptions, exception => Matches(exception, host));

    private static bool Matches(string exception, Uri url)
    {
        if (exception == "*")
        {
            return true;
        }

        var colon = exception.LastIndexOf(':');
        if (colon > 0 && int.TryParse(exception[(colon + 1)..], out var port))
        {
            if (port != url.Port)
            {
                return false;
            }

            exception = exception[..colon];
        }

        var name = exception.TrimStart('*').TrimStart('.');
        return name.Length > 0
            && (string.Equals(url.Host, name, StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }

    private static Uri? TakeLogin(Uri? proxy, CredentialCache logins)
    {
        if (proxy is null || proxy.UserInfo.Length == 0)
        {
            return proxy;
        }

        var (login, bare) = (proxy.UserInfo, new UriBuilder(proxy) { UserName = "", Password = "" }.Uri);
        var split = login.IndexOf(':', StringComparison.Ordinal) is var at and >= 0 ? at : login.Length;
        logins.Remove(bare, "Basic");
        logins.Add(bare, "Basic", new NetworkCredential(Uri.UnescapeDataString(login[..split]), Uri.UnescapeDataString(login[split..].TrimStart(':'))));
        return bare;
    }

    private static Uri? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Equals("DIRECT", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5"
            ? url
            : throw new InvalidInputException(ErrorCodes.Usage, $"'{text}' is no URL of a proxy.", "Write it as 'http://HOST:PORT'.");
    }
}
