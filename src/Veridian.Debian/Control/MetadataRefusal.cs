using Veridian.Core.Errors;

namespace Veridian.Debian.Control;

/// <summary>What is said of signed metadata that cannot be read.</summary>
internal static class MetadataRefusal
{
    internal static UntrustedException Of(string message) =>
        new(ErrorCodes.MetadataMalformed, message, "Run the command again with '--refresh'; if it is refused again, tell the repository's owner.");
}
