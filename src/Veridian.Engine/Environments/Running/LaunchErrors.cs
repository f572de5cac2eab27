using Veridian.Core.Errors;

namespace Veridian.Engine.Environments.Running;

/// <summary>What a launcher says when it cannot start a command. Exit codes are those of a shell.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-23; <c>spec/errors.md</c>.</remarks>
internal static class LaunchErrors
{
    public const int NoCommandExit = 127;
    public const int NotExecutableExit = 126;
    public const int NotEnteredExit = 5;
    public const string NoCommandHint = "Run 'vpkg install PACKAGE' with the package that has it.";
    public const string NotExecutableHint = "Make it executable with 'chmod +x', or install what runs it.";
    public const string NotEnteredHint = "Run 'vpkg verify', then 'vpkg apply'.";

    public static ErrorCode NoCommand => ErrorCodes.NoSuchCommand;

    public static ErrorCode NotExecutable => ErrorCodes.NotExecutable;

    public static ErrorCode NotEntered => ErrorCodes.NotEntered;
}
