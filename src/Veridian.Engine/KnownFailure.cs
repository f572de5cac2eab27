using Veridian.Core.Errors;
using Veridian.Posix;

namespace Veridian.Engine;

/// <summary>What a person is told where a use case ended with an exception that has no message for people.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-1: a failing disk is never reported as a bug, whichever call met it.</remarks>
public static class KnownFailure
{
    /// <summary>The error behind it: what several workers met is looked into, a failed file call and a lack of memory become a storage failure. Anything else stays what it is.</summary>
    public static Exception Of(Exception thrown) => thrown switch
    {
        AggregateException { InnerException: { } inner } => Of(inner),
        IOException or UnauthorizedAccessException => PosixFailure.Of(thrown) ?? thrown,
        OutOfMemoryException => new StorageException(ErrorCodes.OutOfResources, "There is not enough memory.", "Free memory, or use '--jobs 1', which needs least, and run the command again.", thrown),
        TypeInitializationException { InnerException: IOException or UnauthorizedAccessException } broken => Of(broken.InnerException!),
        _ => thrown,
    };
}
