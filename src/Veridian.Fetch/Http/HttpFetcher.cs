using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Veridian.Fetch.Http;

/// <summary>Opens <c>http</c> and <c>https</c> URLs over HTTP/1.1 with kept connections; the only place that opens sockets.</summary>
/// <remarks>Source: <c>spec/mirrors.md</c> M-1 to M-3. Bodies are handed on as sent: nothing is decompressed.</remarks>
public sealed class HttpFetcher : IFetcher, IDisposable
{
    private readonly HttpSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _client;

    /// <summary>Makes a fetcher; connections are kept until it is disposed.</summary>
    /// <param name="settings">Limits, proxy and credentials.</param>
    /// <param name="time">Measures the limits.</param>
    public HttpFetcher(HttpSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = settings.ConnectTimeout,
            UseProxy = true,
            Proxy = settings.Proxy,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 0,
        });
    }

    /// <inheritdoc/>
    public async ValueTask<FetchResponse> OpenAsync(FetchRequest request, CancellationToken cancellationToken)
    {
        var url = request.Url;
        RequireHttp(url, url);
        for (var redirects = 0; redirects <= _settings.MaxRedirects; redirects++)
        {
            var response = await SendAsync(url, request, cancellationToken);
            if (RedirectTarget(response) is not { } target)
            {
                return await AnswerAsync(response, url, request, cancellationToken);
            }

            response.Dispose();
            var next = new Uri(url, target);
            RequireHttp(next, url);
            url = next;
        }

        throw TransferFailure.Of(request.Url, $"redirects more than {_settings.MaxRedirects} times");
    }

    /// <summary>Closes the kept connections.</summary>
    public void Dispose() => _client.Dispose();

    // M-1: a redirect is as untrusted as its sender: never away from TLS, never to a file or another protocol.
    internal static void RequireHttp(Uri next, Uri from)
    {
        if (!next.IsAbsoluteUri || next.Scheme is not ("http" or "https") || from.Scheme == "https" && next.Scheme == "http")
        {
            throw TransferFailure.Of(from, $"redirects to '{ShownUrl.Of(next)}', which is not allowed");
        }
    }

    private static Uri? RedirectTarget(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            ? response.Headers.Location
            : null;

    private async ValueTask<HttpResponseMessage> SendAsync(Uri url, FetchRequest request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_settings.ConnectTimeout + _settings.StallWindow, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var message = Message(url, request);
        try
        {
            return await _client.SendAsync(message, either.Token);
        }
        catch (OperationCanceledException cause) when (!cancellationToken.IsCancellationRequested)
        {
            throw TransferFailure.Of(url, "did not answer in time", cause);
        }
        catch (HttpRequestException cause)
        {
            throw TransferFailure.Of(url, Reason(cause), cause);
        }
    }

    private HttpRequestMessage Message(Uri url, FetchRequest request)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, url);
        message.Headers.TryAddWithoutValidation("User-Agent", _settings.UserAgent);
        if (request.RangeStart > 0)
        {
            message.Headers.Range = new RangeHeaderValue(request.RangeStart, null);

            // RFC 9110 13.1.5: a weak validator must not stand here.
            if (request.IfRange is { } validator && !validator.StartsWith("W/", StringComparison.Ordinal))
            {
                message.Headers.TryAddWithoutValidation("If-Range", validator);
            }
        }

        if (request.Known?.ETag is { } tag)
        {
            message.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }

        message.Headers.IfModifiedSince = request.Known?.LastModified;
        message.Headers.Authorization = Authorization(url, request.Url);
        return message;
    }

    // M-2: what stands in a URL goes to that URL's own server only; a redirect elsewhere gets what netrc has for that place.
    private AuthenticationHeaderValue? Authorization(Uri url, Uri original)
    {
        var login = _settings.Credentials.Find(url) is { } found ? $"{found.Login}:{found.Password}" : null;
        if (original.UserInfo.Length > 0 && url.Scheme == original.Scheme && url.Authority == original.Authority)
        {
            login = Uri.UnescapeDataString(original.UserInfo);
        }

        return login is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
    }

    private async ValueTask<FetchResponse> AnswerAsync(HttpResponseMessage response, Uri url, FetchRequest request, CancellationToken cancellationToken)
    {
        var status = Status(response.StatusCode, url, request);
        if (status is not (FetchStatus.Whole or FetchStatus.Rest))
        {
            response.Dispose();
            return new FetchResponse(status, Stream.Null);
        }

        var body = new StallGuardStream(await response.Content.ReadAsStreamAsync(cancellationToken), url, _settings, _time);
        return new FetchResponse(status, body, response)
        {
            Length = response.Content.Headers.ContentLength,
            RangeStart = status == FetchStatus.Rest ? response.Content.Headers.ContentRange?.From ?? -1 : 0,
            Validator = new FetchValidator(response.Headers.ETag?.ToString(), response.Content.Headers.LastModified),
            MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
        };
    }

    private static FetchStatus Status(HttpStatusCode code, Uri url, FetchRequest request) => code switch
    {
        HttpStatusCode.OK => FetchStatus.Whole,
        HttpStatusCode.PartialContent when request.RangeStart > 0 => FetchStatus.Rest,
        HttpStatusCode.NotModified when request.Known is not null => FetchStatus.NotModified,
        HttpStatusCode.NotFound or HttpStatusCode.Gone => FetchStatus.Missing,
        HttpStatusCode.RequestedRangeNotSatisfiable when request.RangeStart > 0 => FetchStatus.RangeRefused,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => throw TransferFailure.Of(url, $"does not let us in ({(int)code})"),
        HttpStatusCode.ProxyAuthenticationRequired => throw TransferFailure.Of(url, "cannot be reached: the proxy wants a name and password (407)"),
        _ => throw TransferFailure.Of(url, $"answered {(int)code}"),
    };

    private static string Reason(HttpRequestException cause) => cause.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "cannot be reached: no such host name",
        HttpRequestError.ConnectionError => $"cannot be reached: {(cause.InnerException ?? cause).Message.TrimEnd('.')}",
        HttpRequestError.SecureConnectionError => $"cannot be reached: {(cause.InnerException ?? cause).Message.TrimEnd('.')}",
        HttpRequestError.ProxyTunnelError => "cannot be reached: the proxy refused",
        HttpRequestError.ResponseEnded => "closed the connection without an answer",
        _ => $"failed: {cause.Message.TrimEnd('.')}",
    };
}
