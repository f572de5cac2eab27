using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Running.Shells;

/// <summary>All that the scripts depend on which put a project's commands and variables into a user's own shell.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-32, CL-34.</remarks>
public sealed record ActivatedProject
{
    /// <summary>Absolute path of the folder with the profile.</summary>
    public required string Folder { get; init; }

    /// <summary>Absolute path of the launchers of the current generation, whichever that is.</summary>
    public required string Commands { get; init; }

    /// <summary>Absolute path of this generation's folder.</summary>
    public required string Generation { get; init; }

    /// <summary>Variables of the profile.</summary>
    public required IReadOnlyList<EvaluatedVariable> Variables { get; init; }

    /// <summary>The profile's own lines for this kind of shell.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>Absolute path of the file that is there while the lines are trusted.</summary>
    public required string TrustFile { get; init; }

    /// <summary>The variables that a user's shell gets. PATH of a profile is meant for the inside, where the host's folders are not.</summary>
    public IEnumerable<EvaluatedVariable> Shown => Variables.Where(variable => variable.Name != "PATH");
}
