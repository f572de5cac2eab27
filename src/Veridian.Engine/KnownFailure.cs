using Veridian.Posix;

namespace Veridian.Engine;

/// <summary>What a person is told where a use case ended with an exception that has no message for people.</summary>
/// <remarks>Source: <c>spec/store.md</c> ST-1: a failing disk is never reported as a bug, whichever call met it.</remarks>
public static class KnownFailure
{
    /// <summary>The error behind it: what several workers met is looked into, and a failed file call becomes a storage failure. Anything else stays what it is.</summary>
    public static Exception Of(Exception thrown) => thrown switch
    {
        AggregateException { InnerException: { } inner } => Of(inner),
        IOException or UnauthorizedAccessException => PosixFailure.Of(thrown) ?? thrown,
        TypeInitializationException { InnerException: IOException or UnauthorizedAccessException } broken => Of(broken.InnerException!),
        _ => thrown,
    };
}
