using Veridian.Core.Errors;

namespace Veridian.Cli.Printing;

/// <summary>How every error is shown: id, sentence, place, next step.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-9.</remarks>
internal static class ErrorPrinter
{
    /// <summary>Where in a file of a person's own the cause stands; null where it stands in none.</summary>
    public static SourceSpan? PlaceOf(VeridianException known) => (known as InvalidInputException)?.Place ?? (known as UnsolvableException)?.Place;

    /// <summary>The lines of an error.</summary>
    public static IEnumerable<string> Lines(Exception exception, Func<string, string> mark)
    {
        switch (exception)
        {
            case VeridianException known:
                yield return $"{mark($"error[{known.Code.Id}]:")} {known.Message}";
                if (PlaceOf(known) is { } place)
                {
                    yield return $"  at {place}";
                }

                if (known.Hint.Length > 0)
                {
                    yield return $"  next: {known.Hint}";
                }

                break;
            case OperationCanceledException:
                yield return "interrupted; nothing was changed half-way.";
                break;
            default:
                yield return $"{mark($"error[{ErrorCodes.Unexpected.Id}]:")} {exception.GetType().Name}: {exception.Message}";
                yield return "  this is a bug of vpkg: run the command again with VPKG_TRACE=1 and report what it prints.";
                break;
        }
    }
}
