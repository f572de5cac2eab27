using Veridian.Core.Errors;

namespace Veridian.Formats.Profile;

/// <summary>Makes one profile of a file, what it includes, a platform and an environment.</summary>
/// <remarks>Source: <c>spec/profile.md</c> P-10 to P-14.</remarks>
public static class ProfileEvaluator
{
    /// <summary>The environment that has no table of its own: the base alone.</summary>
    public const string DefaultEnvironment = "default";

    /// <summary>Evaluates.</summary>
    /// <param name="root">The file to start from.</param>
    /// <param name="load">Reads an included file; is handed the path already joined to the folder of the file that names it, once per path.</param>
    /// <param name="platform">Such as <c>linux-amd64</c>.</param>
    /// <param name="environmentName">A name of <c>[environment.NAME]</c>, or <see cref="DefaultEnvironment"/>.</param>
    /// <exception cref="InvalidInputException">
    /// <see cref="ErrorCodes.ProfileInclude"/>, <see cref="ErrorCodes.ProfileValue"/> or <see cref="ErrorCodes.VariableUnknown"/>, with the place.
    /// </exception>
    public static EvaluatedProfile Evaluate(ProfileFile root, Func<string, ProfileFile> load, string platform, string environmentName) =>
        throw new NotImplementedException($"{root}{load}{platform}{environmentName}");
}
