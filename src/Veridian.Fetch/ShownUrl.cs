namespace Veridian.Fetch;

/// <summary>URLs as they may be printed: without names and passwords.</summary>
internal static class ShownUrl
{
    public static string Of(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);
}
