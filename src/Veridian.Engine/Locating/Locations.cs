namespace Veridian.Engine.Locating;

/// <summary>Where everything lies on this machine for this user.</summary>
/// <remarks>Source: <c>spec/cli.md</c> CL-2. Computed from variables, and without HOME from the account; nothing is created here.</remarks>
/// <param name="Store">Store objects, blobs, environments, roots.</param>
/// <param name="State">Generations and anti-rollback floors.</param>
/// <param name="Cache">Downloads and indexes; always safe to delete.</param>
/// <param name="Config">Configuration and the user profile.</param>
public sealed record Locations(string Store, string State, string Cache, string Config)
{
    /// <summary>Applies <c>--root</c>, <c>VPKG_*</c> and the XDG variables, in this order.</summary>
    /// <param name="root">The value of <c>--root</c>, or null.</param>
    /// <param name="variable">Looks up an environment variable; null or empty where it is not set.</param>
    public static Locations Resolve(string? root, Func<string, string?> variable)
    {
        root = string.IsNullOrEmpty(root) ? variable("VPKG_ROOT") : root;
        if (!string.IsNullOrEmpty(root))
        {
            root = Path.GetFullPath(root);
            return new Locations(
                FullOr(variable("VPKG_STORE"), Path.Combine(root, "store")),
                Path.Combine(root, "state"),
                FullOr(variable("VPKG_CACHE_DIR"), Path.Combine(root, "cache")),
                FullOr(variable("VPKG_CONFIG_DIR"), Path.Combine(root, "config")));
        }

        var home = variable("HOME") is { Length: > 0 } set ? set : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return new Locations(
            FullOr(variable("VPKG_STORE"), Path.Combine(Xdg("XDG_DATA_HOME", ".local/share"), "store")),
            Xdg("XDG_STATE_HOME", ".local/state"),
            FullOr(variable("VPKG_CACHE_DIR"), Xdg("XDG_CACHE_HOME", ".cache")),
            FullOr(variable("VPKG_CONFIG_DIR"), Xdg("XDG_CONFIG_HOME", ".config")));

        string Xdg(string name, string fallback) =>
            Path.Combine(variable(name) is { Length: > 0 } xdg && xdg[0] == '/' ? xdg : Path.Combine(home, fallback), "vpkg");
    }

    /// <summary>The state folder of one environment of a profile: its generations and <c>current</c>.</summary>
    public string ProjectState(ProfileLocation profile) => Path.Combine(
        State, "projects", ProjectId.Of(profile.IsDefaultEnvironment ? profile.ProfilePath : $"{profile.ProfilePath}\n{profile.Environment}"));

    /// <summary>What a command holds while it changes a profile: one for all its environments, because they share a lock file.</summary>
    public string ProfileLock(ProfileLocation profile) => Path.Combine(State, "projects", ProjectId.Of(profile.ProfilePath), "apply.lock");

    private static string FullOr(string? value, string fallback) =>
        string.IsNullOrEmpty(value) ? fallback : Path.GetFullPath(value);
}
