using Veridian.Core.Errors;

namespace Veridian.Fetch;

/// <summary>Makes the exception for one URL that did not deliver; whoever has more URLs collects them.</summary>
internal static class TransferFailure
{
    public static UnavailableException Of(Uri url, string reason, Exception? cause = null) => new(
        ErrorCodes.DownloadFailed, $"'{ShownUrl.Of(url)}' {reason}.", "Check the network, or add a mirror of the repository.", cause);
}
