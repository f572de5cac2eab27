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
    };

    /// <summary>The name of what is done instead; null for a package that is not one of them.</summary>
    public static string? EffectOf(string package) => Effects.GetValueOrDefault(package);
}
