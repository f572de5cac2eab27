using Veridian.Core.Errors;
using Veridian.Trust.OpenPgp;

namespace Veridian.Fetch.Metadata;

/// <summary>Reads a whole release text into memory, up to the limit that trust sets on it.</summary>
internal static class LimitedBody
{
    public static async ValueTask<byte[]> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (content.Length + count > ClearSignedMessage.MaxBytes)
            {
                throw new UntrustedException(
                    ErrorCodes.MetadataMalformed,
                    $"A release text is longer than {ClearSignedMessage.MaxBytes} bytes.",
                    "Try another mirror; if it stays, tell the repository's owner.");
            }

            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }
}
