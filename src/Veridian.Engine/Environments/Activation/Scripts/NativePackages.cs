namespace Veridian.Engine.Environments.Activation.Scripts;

/// <summary>Packages whose postinst is never run, because vpkg does all that it would do.</summary>
/// <remarks>Source: <c>spec/activation.md</c> A-12.</remarks>
internal static class NativePackages
{
    private static readonly Dictionary<string, string> Effects = new(StringComparer.Ordinal)
    {
        ["base-passwd"] = "accounts",
        ["ca-certificates"] = "certificates",
        ["ca-certificates-java"] = "java-keystore",
        ["libc-bin"] = "ldconfig",
        // Programs that make an index once for the whole environment.
        ["desktop-file-utils"] = "desktop-cache",
        ["hicolor-icon-theme"] = "icon-cache",
        ["install-info"] = "info-index",
        ["libgdk-pixbuf-2.0-0"] = "pixbuf-loaders",
        ["libglib2.0-0"] = "glib-schemas",
        ["libglib2.0-0t64"] = "glib-schemas",
        ["libgtk-3-0"] = "gtk-immodules",
        ["libgtk-3-0t64"] = "gtk-immodules",
        ["shared-mime-info"] = "mime-cache",
        // Indexes below var/cache, which is empty whenever a command starts.
        ["fontconfig"] = "font-cache",
        ["man-db"] = "manual-index",
    };

    /// <summary>The name of what is done instead; null for a package that is not one of them.</summary>
    public static string? EffectOf(string package) => Effects.GetValueOrDefault(package);
}
