using Veridian.Formats.Profile;

namespace Veridian.Engine.Profiles;

/// <summary>A profile with everything it includes, read and evaluated.</summary>
/// <param name="Profile">The evaluated profile.</param>
/// <param name="Root">The profile file itself.</param>
/// <param name="Includes">The included files in the order they were read.</param>
/// <param name="Certificates">The files of certificates that the profile names.</param>
public sealed record LoadedProfile(EvaluatedProfile Profile, ProfileText Root, IReadOnlyList<ProfileText> Includes, IReadOnlyList<ProfileText> Certificates)
{
    /// <summary>The files of the folder that lies over <c>/etc</c>, by path; none without one.</summary>
    public IReadOnlyList<ProfileText> Etc { get; init; } = [];

    /// <summary>Every file beside the root that the environment depends on.</summary>
    public IReadOnlyList<ProfileText> Others => [.. Includes, .. Certificates, .. Etc];
}
