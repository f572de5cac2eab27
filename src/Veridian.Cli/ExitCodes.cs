using Veridian.Core.Errors;

namespace Veridian.Cli;

/// <summary>The only place where classes of errors become exit codes.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-8.</remarks>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Bug = 1;
    public const int InvalidInput = 2;
    public const int Unsolvable = 3;
    public const int Untrusted = 4;
    public const int Unavailable = 5;
    public const int BuildFailed = 6;
    public const int Damaged = 7;
    public const int Busy = 8;
    public const int ChangesPending = 10;
    public const int Interrupted = 130;
    public const int Terminated = 143;

    /// <summary>The exit code of an exception.</summary>
    public static int Of(Exception exception) => exception switch
    {
        InvalidInputException => InvalidInput,
        UnsolvableException => Unsolvable,
        UntrustedException => Untrusted,
        UnavailableException or StorageException => Unavailable,
        BuildFailedException => BuildFailed,
        StoreDamagedException => Damaged,
        BusyException => Busy,
        OperationCanceledException => Interrupted,
        _ => Bug,
    };
}
