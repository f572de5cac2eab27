namespace Veridian.Store.Operations;

/// <summary>One command that changed something, or tried to.</summary>
/// <param name="Time">When it ended, in whole seconds.</param>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Generation">The generation that was current then; 0 where there was none.</param>
/// <param name="Profile">The full path of the profile it worked on.</param>
/// <param name="Environment">The profile's environment.</param>
/// <param name="Command">What was typed, without the program's name.</param>
public sealed record Operation(DateTimeOffset Time, int ExitCode, int Generation, string Profile, string Environment, string Command);
