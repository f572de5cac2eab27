using Veridian.Formats.Profile;

namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>What happens to the maintainer scripts of an environment, package by package.</summary>
/// <param name="Scripts">What happens to most of it that happens to any of its packages.</param>
/// <param name="WithoutScripts">Packages whose scripts do not run although those of others do, in order.</param>
/// <param name="WithoutEffects">Packages of whose scripts not even the known effects are carried out although those of others are, in order.</param>
/// <remarks>Source: <c>spec/profile.md</c> P-18.</remarks>
internal sealed record ScriptChoice(ScriptPolicy Scripts, IReadOnlyList<string> WithoutScripts, IReadOnlyList<string> WithoutEffects)
{
    /// <summary>Reads it from a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="packages">The names of all packages of the environment.</param>
    public static ScriptChoice Of(EvaluatedProfile profile, IEnumerable<string> packages)
    {
        var own = profile.Requirements.Where(requirement => requirement.Scripts is not null).ToDictionary(requirement => requirement.Name, requirement => requirement.Scripts!.Value, StringComparer.Ordinal);
        var without = profile.WithoutScripts.ToHashSet(StringComparer.Ordinal);
        string[] names = [.. packages.Concat(without).Distinct().Order(StringComparer.Ordinal)];
        // The most that happens to one decides what the environment is made with; the others are named as exceptions.
        var most = names.Select(PolicyOf).Append(own.Count == 0 ? profile.Scripts : ScriptPolicy.None).MaxBy(Extent);
        return new ScriptChoice(
            most,
            most == ScriptPolicy.Run ? [.. names.Where(name => PolicyOf(name) != ScriptPolicy.Run)] : profile.WithoutScripts,
            most == ScriptPolicy.None ? [] : [.. names.Where(name => PolicyOf(name) == ScriptPolicy.None)]);

        ScriptPolicy PolicyOf(string name) => own.TryGetValue(name, out var policy)
            ? policy
            : profile.Scripts == ScriptPolicy.Run && without.Contains(name) ? ScriptPolicy.Native : profile.Scripts;
    }

    private static int Extent(ScriptPolicy policy) => policy switch { ScriptPolicy.Run => 2, ScriptPolicy.Native => 1, _ => 0 };
}
