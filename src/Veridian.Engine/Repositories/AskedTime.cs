using Veridian.Core.Errors;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Repositories;

/// <summary>The time whose state of the repositories a solve is for (S-25).</summary>
public static class AskedTime
{
    /// <summary>Reads a time as typed.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static DateTimeOffset Read(string text) => MomentText.TryRead(text, out var time)
        ? time
        : throw new InvalidInputException(ErrorCodes.Usage, $"'{text}' is no time.", "Write a date such as 2026-05-01, or a time such as 2026-05-01T12:00:00Z.");

    /// <summary>The command line's time, else the profile's; null for the present.</summary>
    /// <exception cref="InvalidInputException">The time has not come yet.</exception>
    internal static DateTimeOffset? Of(Workspace workspace, EvaluatedProfile profile)
    {
        if (workspace.Settings.AsOf is { } asked)
        {
            return asked <= workspace.Time.GetUtcNow() ? asked : throw new InvalidInputException(ErrorCodes.Usage, $"The time {asked:u} has not come yet.", "Leave '--as-of' out to solve for the present.");
        }

        if (profile.AsOf is not { } setting || !MomentText.TryRead(setting.Value, out var time))
        {
            return null;
        }

        return time <= workspace.Time.GetUtcNow() ? time : throw new InvalidInputException(ErrorCodes.ProfileValue, $"The time {time:u} has not come yet.", "Remove 'as-of' to solve for the present.", setting.Span);
    }
}
