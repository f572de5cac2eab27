using System.Text;
using Veridian.Core.Errors;

namespace Veridian.Engine.Environments.Planning;

/// <summary>A path that two packages bring with different content, and nothing says whose it is.</summary>
/// <param name="Path">The path inside the environment.</param>
/// <param name="First">One owner.</param>
/// <param name="Second">The other.</param>
/// <remarks>Source: <c>spec/environments.md</c> E-5.</remarks>
public sealed record FileConflict(string Path, EnvironmentPackage First, EnvironmentPackage Second)
{
    private const int Shown = 20;

    /// <summary>One error for all of them.</summary>
    public static InvalidInputException Error(IReadOnlyList<FileConflict> conflicts)
    {
        var message = new StringBuilder(conflicts.Count == 1 ? "Two packages own the same file." : $"{conflicts.Count} files have two owners.");
        foreach (var conflict in conflicts.Take(Shown))
        {
            message.Append($"\n  /{conflict.Path}: {Describe(conflict.First)} and {Describe(conflict.Second)}");
        }

        if (conflicts.Count > Shown)
        {
            message.Append($"\n  and {conflicts.Count - Shown} more");
        }

        var first = conflicts[0];
        return new InvalidInputException(
            ErrorCodes.FileConflict,
            message.ToString(),
            $"Say in the profile's [files] which package wins (priority.{first.Second.Name} = 1), "
            + $"or leave one copy out (hide) or give it another path (rename), for example of '/{first.Path}'.");
    }

    private static string Describe(EnvironmentPackage package) => $"{package.Name} {package.Version}";
}
