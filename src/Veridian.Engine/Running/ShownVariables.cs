using Veridian.Engine.Profiles;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Running;

/// <summary>The variables that activation gives to a process on the host, with their values now.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-35.</remarks>
public static class ShownVariables
{
    /// <summary>PATH with the launchers in front, and the profile's variables, in order of their names.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">There is no profile, it is wrong, or nothing has been applied.</exception>
    public static IReadOnlyList<(string Name, string Value)> Of(Workspace workspace)
    {
        var commands = Path.Combine(Path.GetDirectoryName(CurrentLauncher.PathOf(workspace.Locations, workspace.Profile))!, "bin");
        var profile = ProfileLoader.Load(workspace).Profile;
        return
        [
            .. profile.Variables.Where(variable => variable.Name != "PATH").Select(variable => (variable.Name, Value(variable, workspace)))
                .Append(("PATH", $"{commands}:{workspace.Variable("PATH")}")).OrderBy(pair => pair.Item1, StringComparer.Ordinal),
        ];
    }

    private static string Value(EvaluatedVariable variable, Workspace workspace) =>
        string.Concat(variable.Parts.Select(part => part.IsHostVariable ? workspace.Variable(part.Text) ?? "" : part.Text));
}
