namespace Veridian.Engine.Configuring;

/// <summary>One thing that can be configured.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Variable">The environment variable that overrides the file.</param>
/// <param name="Usual">The value where nobody sets one.</param>
/// <param name="Purpose">For people, without full stop.</param>
/// <param name="Form">What values it takes, for people.</param>
/// <param name="Takes">Whether it takes a value.</param>
/// <param name="Setable">Whether it can stand in the file.</param>
public sealed record ConfigurationKey(string Name, string Variable, string Usual, string Purpose, string Form, Func<string, bool> Takes, bool Setable = true)
{
    /// <summary>Every key, in the order of listings.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("jobs", "VPKG_JOBS", "0", "packages unpacked at once; 0 is one per processor", "a number from 0 to 1024", text => Core.Text.PlainNumber.TryRead(text, out int jobs) && jobs <= 1024),
        new("offline", "VPKG_OFFLINE", "false", "open no network connection", "true or false", IsBoolean),
        new("progress", "VPKG_PROGRESS", "auto", "how progress is shown", "auto, never, always or json", text => text is "auto" or "never" or "always" or "json"),
        new("store", "VPKG_STORE", "", "the store's folder", "a folder", _ => true, Setable: false),
        new("state", "XDG_STATE_HOME", "", "generations, and what was seen of repositories", "a folder", _ => true, Setable: false),
        new("cache", "VPKG_CACHE_DIR", "", "downloads and indexes", "a folder", _ => true, Setable: false),
        new("config", "VPKG_CONFIG_DIR", "", "this configuration and the user profile", "a folder", _ => true, Setable: false),
    ];

    /// <summary>Whether a text of a variable or file says yes or no.</summary>
    internal static bool IsBoolean(string text) => text is "true" or "false" or "1" or "0";
}
