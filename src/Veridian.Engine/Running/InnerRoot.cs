using Veridian.Core.Errors;

namespace Veridian.Engine.Running;

/// <summary>How a command becomes root of its environment: user 0 inside is the caller outside, other users are the caller's range of ids.</summary>
/// <remarks>Source: <c>spec/environments.md</c> E-68. Without a range there is user 0 alone, and files can be given to nobody else.</remarks>
public static class InnerRoot
{
    private const string Program = "/usr/bin/unshare";

    /// <summary>The words that stand before a launcher.</summary>
    /// <exception cref="UnavailableException">The host has no <c>unshare</c>, or makes no namespaces.</exception>
    public static IReadOnlyList<string> Words(HostGrants grants)
    {
        if (!File.Exists(Program))
        {
            throw new UnavailableException(ErrorCodes.NativeLibraryMissing, $"The program '{Program}' is missing, which makes the caller root of an environment.", "Install the package 'util-linux'.");
        }

        if (!grants.Namespaces || grants.NamespacesByProfile)
        {
            throw new UnavailableException(ErrorCodes.NamespacesForbidden, "This host lets an ordinary program make no user namespace, so nobody can be root of an environment.", "Run 'vpkg doctor'.");
        }

        return [Program, "--user", "--map-root-user", .. grants.IdRange ? (string[])["--map-auto"] : [], "--"];
    }
}
