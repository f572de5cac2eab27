using Veridian.Engine.Locating;
using Veridian.Formats.Profile;

namespace Veridian.Engine.Repositories;

/// <summary>The <c>[[repository]]</c> tables of the user's <c>config.toml</c>: for every profile that names none itself.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-13. Same keys and same rules as in a profile.</remarks>
internal static class ConfiguredRepositories
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads them; none where there is no such file.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">The file is wrong.</exception>
    public static IReadOnlyList<ProfileRepository> Read(Locations locations)
    {
        var path = Path.Combine(locations.Config, "config.toml");
        return BoundedFile.TryRead(path, MaxBytes) is { } text ? Read(text, path) : [];
    }

    /// <summary>Reads them from the text of the file.</summary>
    /// <exception cref="Core.Errors.InvalidInputException">It is wrong.</exception>
    public static IReadOnlyList<ProfileRepository> Read(byte[] text, string path) => ProfileReader.ReadRepositories(text, path, beside: "settings");
}
